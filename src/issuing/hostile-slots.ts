/**
 * Text that breaks what is not careful, each under what it tries: encodings, directions, normal forms, the ends of what
 * our forms are wrapped in. A template must sign, verify and come back byte for byte with all of it.
 */
export const hostileTexts: { readonly [tries: string]: string } = {
  devanagari: 'क्षेत्र विद्यालय, ज्ञानेश्वरी',
  arabic: 'العربية ١٢٣ والتقييم',
  'bidi controls': '\u202eabc\u202c \u2066x\u2069 \u200e\u200f\u061c',
  han: '形成的评价 日本語 한국어',
  astral: '🎓😀𝔘𠮷 👩🏽‍🏫 🏴󠁧󠁢󠁳󠁣󠁴󠁿',
  'composed and decomposed': 'é e\u0301 ñ n\u0303 ﬁ fi Å A\u030a \u1e9b\u0323',
  'many marks': `Z${'\u0310\u0311\u0312'.repeat(8)}`,
  'zero width': 'a\u200bb\u200cc\u200dd\u2060e\ufefff\u00adg',
  'latin-1 traps': 'Touchstone® teacher’s “quoted” – façade €5 ½ ÿ',
  'line ends': 'a\u2028b\u2029c\u0085d\r\ne\tf\rg',
  controls: '\u0001\u0008\u001f\u007f\u009f',
  'no characters': '\ufffe\uffff\ufdd0\u{1fffe}\u{10ffff}\ufffd',
  'ends of CDATA and comments': ']]> ]]&gt; <![CDATA[ --> <!-- ?>',
  markup: '</script><script>alert(1)</script> <b>&amp;&#x41;</b>',
  quotes: `"'\`\\ \\" \\u0041 \\n {{x}} \${y} %00 %s`,
  'words of JSON-LD': '@context @id _:b0 https://www.w3.org/ns/credentials/v2 null',
  'a long word': 'Schulbezirksweiterbildungs'.repeat(40),
  spaces: '\u00a0 \u2003 \u3000 x',
};

/** All of them in one text. */
export const hostileText = Object.values(hostileTexts).join(' · ');
