/**
 * Draws the demo's sample evidence into src/demo/samples/: everything in it is made up and made by us. Run it by hand
 * after a change (`node test/support/make-samples.mjs`); it needs ffmpeg for the video. The files are committed.
 */
import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import PDFDocument from 'pdfkit';
import sharp from 'sharp';

const require = createRequire(import.meta.url);
const out = new URL('../../src/demo/samples/', import.meta.url).pathname;
const font = (name, style, file) =>
  require.resolve(`@expo-google-fonts/${name}/${style}/${file}_${style}.ttf`);
const sans = font('noto-sans', '400Regular', 'NotoSans');
const strong = font('noto-sans', '600SemiBold', 'NotoSans');
const serif = font('noto-serif', '600SemiBold', 'NotoSerif');
const hand = font('patrick-hand', '400Regular', 'PatrickHand');

const render = (svg) =>
  new Resvg(svg, {
    font: { loadSystemFonts: false, fontFiles: [hand, sans, strong], defaultFontFamily: 'Patrick Hand' },
  })
    .render()
    .asPng();

// ---------------------------------------------------------------- handwriting

/** Small numbers that look like chance and are the same on every run. */
function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
}

function pen(seed) {
  const random = chance(seed);
  const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const line = (x1, y1, x2, y2, colour, width = 3) => {
    const steps = Math.max(2, Math.round(Math.hypot(x2 - x1, y2 - y1) / 40));
    let d = `M${x1 + random() * 3} ${y1 + random() * 3}`;
    for (let step = 1; step <= steps; step += 1) {
      const share = step / steps;
      d += `L${(x1 + (x2 - x1) * share + random() * 2.6).toFixed(1)} ${(y1 + (y2 - y1) * share + random() * 2.6).toFixed(1)}`;
    }
    return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;
  };
  return {
    line,
    text(x, y, size, colour, text) {
      return `<text x="${x}" y="${y}" font-family="Patrick Hand" font-size="${size}" fill="${colour}" transform="rotate(${(random() * 1.6).toFixed(2)} ${x} ${y})">${escape(text)}</text>`;
    },
    lines(x, y, size, leading, colour, texts) {
      return texts
        .map((text, index) => this.text(x + random() * 6, y + index * leading, size, colour, text))
        .join('');
    },
    fraction(x, y, size, colour, top, bottom) {
      return (
        this.text(x, y - size * 0.16, size, colour, top) +
        line(x - 6, y, x + size * 0.55, y, colour, 2.6) +
        this.text(x, y + size * 0.82, size, colour, bottom)
      );
    },
    /** A fraction bar: `cuts` are where its parts end, from 0 to 1; the first `shaded` are hatched. */
    bar(x, y, width, height, cuts, shaded, colour, hatch) {
      let drawn =
        line(x, y, x + width, y, colour) +
        line(x + width, y, x + width, y + height, colour) +
        line(x + width, y + height, x, y + height, colour) +
        line(x, y + height, x, y, colour);
      cuts
        .slice(0, -1)
        .forEach((cut) => (drawn += line(x + width * cut, y, x + width * cut, y + height, colour)));
      const end = shaded === 0 ? 0 : cuts[shaded - 1] * width;
      for (let at = 8; at < end; at += 11)
        drawn += line(x + at, y + height - 5, x + Math.min(at + 16, end - 3), y + 6, hatch, 1.6);
      return drawn;
    },
    loop(x, y, rx, ry, colour) {
      let d = '';
      for (let step = 0; step <= 26; step += 1) {
        const angle = (step / 24) * 2 * Math.PI - 1;
        d += `${step === 0 ? 'M' : 'L'}${(x + rx * Math.cos(angle) + random() * 4).toFixed(1)} ${(y + ry * Math.sin(angle) + random() * 4).toFixed(1)}`;
      }
      return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="3" stroke-linecap="round"/>`;
    },
  };
}

const even = (parts) => Array.from({ length: parts }, (_, index) => (index + 1) / parts);
const pencil = '#4a4a52';
const green = '#2b7a45';
const purple = '#6a2c91';

function paper(body) {
  let rules = '';
  for (let y = 150; y < 1260; y += 46)
    rules += `<path d="M0 ${y}H1000" stroke="#c9dcec" stroke-width="1.6"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 1280" width="1000" height="1280"><rect width="1000" height="1280" fill="#fdfcf8"/>${rules}<path d="M92 0V1280" stroke="#e9b3b3" stroke-width="2"/>${[180, 640, 1100].map((y) => `<circle cx="42" cy="${y}" r="17" fill="#e4e2db"/>`).join('')}${body}</svg>`;
}

function sticky(x, y, width, height, colour, body) {
  return `<g transform="rotate(-1.2 ${x} ${y})"><rect x="${x + 5}" y="${y + 7}" width="${width}" height="${height}" fill="#000" opacity=".12"/><rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${colour}"/>${body}</g>`;
}

function workA() {
  const p = pen(11);
  return paper(
    p.text(120, 90, 46, pencil, 'Which is more, 2/3 or 3/5?   Show how you know.') +
      p.fraction(130, 240, 44, pencil, '2', '3') +
      p.bar(220, 200, 660, 80, even(3), 2, pencil, '#7d8fb8') +
      p.fraction(130, 380, 44, pencil, '3', '5') +
      p.bar(220, 340, 520, 80, even(5), 3, pencil, '#7d8fb8') +
      p.lines(120, 500, 40, 46, pencil, ['2/3 is more because the shaded part is longer', 'on my picture.']) +
      sticky(
        540,
        560,
        400,
        236,
        '#fff2a8',
        p.lines(562, 604, 32, 39, purple, [
          'Your parts are equal in each',
          'bar: that is criterion 2.',
          'Next: lay the bars under each',
          'other. What do you notice',
          'about the two wholes?',
        ]),
      ) +
      p.text(120, 690, 36, green, 'My second try:') +
      p.fraction(130, 880, 44, green, '2', '3') +
      p.bar(220, 840, 600, 72, even(3), 2, green, '#7fb894') +
      p.fraction(130, 1010, 44, green, '3', '5') +
      p.bar(220, 970, 600, 72, even(5), 3, green, '#7fb894') +
      p.lines(120, 1116, 38, 46, green, [
        'My wholes were not the same so it was not fair.',
        'Now 2/3 is still more but only a little: 1/15 of the bar!',
      ]) +
      p.loop(880, 1214, 56, 34, purple) +
      p.text(852, 1224, 32, purple, 'seen'),
  );
}

function workB() {
  const p = pen(29);
  return paper(
    p.text(120, 90, 46, pencil, 'Exit ticket:   1/2 + 1/3 = ?') +
      p.fraction(140, 216, 48, pencil, '1', '2') +
      p.text(190, 232, 48, pencil, '+') +
      p.fraction(240, 216, 48, pencil, '1', '3') +
      p.text(292, 232, 48, pencil, '=') +
      p.fraction(345, 216, 48, pencil, '2', '5') +
      p.lines(120, 334, 38, 46, pencil, ['I added the tops and I added the bottoms.']) +
      p.bar(130, 380, 420, 62, even(2), 1, pencil, '#7d8fb8') +
      p.bar(130, 470, 420, 62, even(5), 2, pencil, '#7d8fb8') +
      p.loop(340, 500, 240, 50, purple) +
      sticky(
        600,
        356,
        352,
        240,
        '#cfe8ff',
        p.lines(620, 402, 32, 39, purple, [
          'Both your bars are the same',
          'length (criterion 1), so we',
          'can test your answer.',
          'Next: which bar has more',
          'shaded? Can that be?',
        ]),
      ) +
      p.text(120, 660, 36, green, 'Second look:') +
      p.lines(120, 712, 38, 46, green, [
        '2/5 is LESS than 1/2. That cannot be!! The parts have',
        'to be the same size before I count them.',
      ]) +
      p.bar(130, 800, 600, 66, even(6), 3, green, '#7fb894') +
      p.text(752, 846, 38, green, '1/2 = 3/6') +
      p.bar(130, 890, 600, 66, even(6), 2, green, '#7fb894') +
      p.text(752, 936, 38, green, '1/3 = 2/6') +
      p.bar(130, 980, 600, 66, even(6), 5, green, '#7fb894') +
      p.text(752, 1026, 38, green, '5/6') +
      p.lines(120, 1110, 38, 46, green, [
        'New one I made up:  1/4 + 1/2 = 1/4 + 2/4 = 3/4',
        'It is more than 1/2 so it makes sense.',
      ]) +
      p.text(780, 1230, 32, purple, 'yes! seen'),
  );
}

function workC() {
  const p = pen(47);
  const tick = (x, y) =>
    p.line(x, y, x + 12, y + 14, purple, 4) + p.line(x + 12, y + 14, x + 36, y - 22, purple, 4);
  return paper(
    p.text(120, 90, 46, pencil, 'How I check a fraction picture') +
      p.lines(120, 172, 38, 46, pencil, [
        '1.  The wholes are the same size.',
        '2.  The parts in one bar are equal.',
        '3.  My words say why, not only which.',
      ]) +
      tick(720, 158) +
      tick(720, 204) +
      p.text(120, 350, 40, pencil, 'Who ate more?  A: 3/4 of a bar   B: 5/8 of a bar') +
      p.bar(130, 400, 640, 70, even(4), 3, pencil, '#7d8fb8') +
      p.bar(130, 500, 640, 70, even(8), 5, pencil, '#7d8fb8') +
      p.lines(120, 640, 38, 46, pencil, ['A ate more. You can see it.']) +
      sticky(
        480,
        620,
        460,
        200,
        '#ffd9df',
        p.lines(502, 664, 32, 39, purple, [
          'Your wholes and parts are ready for a',
          'reason: 1 and 2 are done.',
          'Next: use eighths for both bars and',
          'say how much more A ate.',
        ]),
      ) +
      p.lines(120, 890, 38, 46, green, [
        '3/4 is 6/8 because I cut every fourth in two.',
        '6/8 is one eighth more than 5/8, so A ate 1/8 more.',
      ]) +
      p.bar(130, 980, 640, 70, even(8), 6, green, '#7fb894') +
      p.line(610, 970, 610, 1062, purple, 4) +
      p.lines(120, 1120, 38, 46, green, [
        'My next goal: say HOW MUCH more, every time.',
        'I told my partner to check her wholes (number 1).',
      ]) +
      p.text(800, 1232, 32, purple, 'seen'),
  );
}

// ---------------------------------------------------------------- discussion: chart and map

/** The class's anchor chart on a flip-chart sheet, with what the students changed. */
function talkChart() {
  const p = pen(71);
  const red = '#b3392f';
  const blue = '#1d4f9c';
  const black = '#26262c';
  const item = (y, number, words, colour = black) =>
    p.loop(106, y - 14, 30, 28, colour) +
    p.text(97, y, 40, colour, number) +
    p.lines(158, y, 44, 52, colour, words);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 1280" width="1000" height="1280"><rect width="1000" height="1280" fill="#b9a88c"/><rect x="30" y="40" width="940" height="1220" fill="#000" opacity=".14"/><rect x="22" y="30" width="940" height="1220" fill="#fefefc"/><rect x="22" y="30" width="940" height="34" fill="#3d4650"/>${[120, 492, 864].map((x) => `<circle cx="${x}" cy="47" r="9" fill="#b9a88c"/>`).join('')}${
    p.text(92, 148, 66, blue, 'How we talk together') +
    p.line(92, 168, 640, 166, blue, 5) +
    p.text(676, 140, 32, pencil, 'written by us, Sept. 14') +
    item(250, '1', ['Wait. Count to five after an idea.']) +
    item(338, '2', ['Say WHOSE idea you are answering.']) +
    item(426, '3', ['Point at your source: A, B, C ...']) +
    item(514, '4', ['You may change your mind.', 'Then say what moved you.']) +
    item(656, '5', ['Raise your hand and wait for the teacher.']) +
    p.line(150, 644, 868, 640, red, 5) +
    p.line(152, 652, 872, 634, red, 4) +
    p.text(158, 712, 42, red, 'The last speaker asks the next one:') +
    p.text(158, 762, 42, red, '“What do you think, and which source?”') +
    p.text(158, 812, 42, red, 'You can say: “Come back to me.”') +
    p.text(690, 858, 30, red, 'changed Oct. 6') +
    p.line(70, 884, 914, 888, pencil, 2.4) +
    p.text(92, 940, 44, green, 'Ways to begin') +
    p.lines(92, 1000, 36, 50, green, [
      'I agree with ... because ...',
      'I see it differently: ...',
      'Source B says that ...',
      'I used to think ..., now ...',
    ]) +
    p.lines(92 + 420, 1000, 36, 50, purple, [
      'Estoy de acuerdo con ... porque ...',
      'Yo lo veo distinto: ...',
      'La fuente B dice que ...',
      'Antes pensaba ..., y ahora ...',
    ]) +
    sticky(
      624,
      452,
      306,
      100,
      '#fff2a8',
      p.lines(642, 492, 26, 38, pencil, ['Today we need 2. On Tuesday', 'nobody said whose idea. (no. 9)']),
    )
  }</svg>`;
}

/** Turns of each seat from 1 to 24, and who answered whom. The reflection counts from these numbers. */
const talks = [
  {
    title: 'Discussion 1',
    day: 'Tuesday',
    turns: { 2: 6, 3: 4, 6: 1, 7: 5, 9: 1, 11: 3, 14: 5, 15: 2, 19: 1, 20: 2, 22: 1 },
    links: [
      [7, 2],
      [14, 7],
      [2, 14],
      [3, 7],
      [11, 14],
      [14, 2],
    ],
    toTeacher: [2, 3, 6, 7, 9, 11, 14, 15, 19, 20, 22],
    cards: [],
    observers: [],
    kinds: [8, 9, 3, 11],
  },
  {
    title: 'Discussion 2',
    day: 'Thursday',
    turns: {
      1: 1,
      2: 3,
      3: 2,
      4: 2,
      5: 1,
      6: 2,
      7: 3,
      8: 1,
      9: 3,
      11: 2,
      12: 2,
      14: 3,
      15: 2,
      17: 1,
      19: 2,
      20: 2,
      21: 1,
      22: 2,
      23: 1,
      24: 2,
    },
    links: [
      [9, 2],
      [4, 9],
      [20, 4],
      [7, 20],
      [15, 7],
      [24, 15],
      [12, 24],
      [1, 12],
      [14, 1],
      [6, 14],
      [22, 6],
      [3, 22],
      [19, 3],
      [11, 19],
      [17, 11],
      [2, 17],
      [21, 2],
      [8, 21],
      [23, 8],
      [5, 23],
      [9, 5],
      [14, 9],
    ],
    toTeacher: [7, 24],
    cards: [13],
    observers: [10, 18],
    kinds: [17, 11, 7, 3],
  },
];
const multilingual = [4, 9, 12, 17, 21, 23];

/** Two participation maps side by side, the counts under them, and what was noticed. */
function participationMap() {
  const p = pen(83);
  const blue = '#1d4f9c';
  const total = (talk) => Object.values(talk.turns).reduce((sum, count) => sum + count, 0);
  const circle = (talk, cx, cy) => {
    const at = (seat, radius) => {
      const angle = ((seat - 1) / 24) * 2 * Math.PI - Math.PI / 2 + 0.13;
      return [cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)];
    };
    const teacher = talk.observers.length > 0 ? [cx - 238, cy - 246] : [cx, cy];
    let drawn =
      p.text(cx - 100, cy - 322, 44, pencil, `${talk.title}`) +
      p.text(cx + 132, cy - 322, 30, pencil, talk.day);
    for (const seat of talk.toTeacher) drawn += p.line(...at(seat, 178), ...teacher, '#a9a9b2', 2);
    for (const [from, to] of talk.links) {
      const [x1, y1] = at(from, 176);
      const [x2, y2] = at(to, 176);
      const angle = Math.atan2(y2 - y1, x2 - x1);
      drawn += p.line(x1, y1, x2, y2, green, 2.6);
      for (const turn of [2.7, -2.7])
        drawn += p.line(
          x2,
          y2,
          x2 + 15 * Math.cos(angle + turn),
          y2 + 15 * Math.sin(angle + turn),
          green,
          2.6,
        );
    }
    drawn +=
      `<circle cx="${teacher[0]}" cy="${teacher[1]}" r="25" fill="#fdfcf8"/>` +
      p.loop(...teacher, 23, 22, blue) +
      p.text(teacher[0] - 8, teacher[1] + 12, 34, blue, 'T');
    for (let seat = 1; seat <= 24; seat += 1) {
      const [x, y] = at(seat, 205);
      const silent = talk.turns[seat] === undefined;
      const colour = talk.observers.includes(seat) ? blue : silent ? '#b3392f' : pencil;
      drawn += multilingual.includes(seat)
        ? p.line(x - 21, y - 20, x + 21, y - 20, colour) +
          p.line(x + 21, y - 20, x + 21, y + 20, colour) +
          p.line(x + 21, y + 20, x - 21, y + 20, colour) +
          p.line(x - 21, y + 20, x - 21, y - 20, colour)
        : p.loop(x, y, 21, 20, colour);
      drawn += p.text(x - (seat > 9 ? 12 : 6), y + 9, 27, colour, String(seat));
      const [ox, oy] = at(seat, 258);
      const count = talk.turns[seat] ?? 0;
      for (let stroke = 0; stroke < count; stroke += 1) {
        const left = ox - (Math.min(count, 6) * 9) / 2 + stroke * 9;
        drawn +=
          stroke === 4
            ? p.line(left - 36, oy + 9, left + 2, oy - 9, pencil, 2.6)
            : p.line(left, oy - 12, left + 1, oy + 12, pencil, 2.6);
      }
      if (talk.cards.includes(seat)) drawn += p.text(ox - 26, oy + 8, 26, purple, 'card');
      if (talk.observers.includes(seat)) drawn += p.text(ox - 26, oy + 8, 26, blue, 'map');
    }
    return drawn;
  };
  const spoke = (talk) => Object.keys(talk.turns).length;
  const most = (talk) =>
    Object.values(talk.turns)
      .sort((a, b) => b - a)
      .slice(0, 4)
      .reduce((sum, count) => sum + count, 0);
  const rows = [
    ['students who spoke', ...talks.map((talk) => `${spoke(talk)} of ${24 - talk.observers.length}`)],
    [
      'multilingual learners (square)',
      ...talks.map((talk) => `${multilingual.filter((seat) => talk.turns[seat]).length} of 6`),
    ],
    ['turns', ...talks.map((talk) => String(total(talk)))],
    ['   of the four who spoke most', ...talks.map((talk) => String(most(talk)))],
    ['answers to a classmate (green)', ...talks.map((talk) => String(talk.links.length))],
  ];
  const kinds = ['a reason with its source', 'adds to an idea', 'sees it differently', 'repeats'];
  const table = (x, y, lines, widths) =>
    lines
      .map(
        (cells, row) =>
          p.text(x, y + row * 42, 32, pencil, cells[0]) +
          p.text(x + widths[0], y + row * 42, 32, pencil, cells[1]) +
          p.text(x + widths[1], y + row * 42, 32, green, cells[2]) +
          p.line(x - 6, y + 12 + row * 42, x + widths[2], y + 12 + row * 42, '#c9c6bb', 1.6),
      )
      .join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1400 1180" width="1400" height="1180"><rect width="1400" height="1180" fill="#fdfcf8"/>${
    p.text(50, 66, 46, pencil, 'Who spoke, and who answered whom') +
    p.text(842, 62, 28, pencil, '| a turn     green: an answer to a classmate') +
    circle(talks[0], 352, 442) +
    circle(talks[1], 1050, 442) +
    p.line(40, 782, 1360, 784, pencil, 2.4) +
    table(60, 832, rows, [410, 530, 620]) +
    table(
      740,
      832,
      kinds.map((kind, index) => [kind, ...talks.map((talk) => String(talk.kinds[index]))]),
      [330, 420, 480],
    ) +
    p.lines(60, 1070, 34, 44, purple, [
      'Tuesday: the window side (16, 17, 18) and five of six multilingual learners: nothing. Too many lines end at T.',
      'Thursday: 10 and 18 kept the map. 13: card read aloud. 16: not yet, in neither. Ask what would help.',
    ])
  }</svg>`;
}

// ---------------------------------------------------------------- lesson plan

/** A tagged PDF in the district's look; `write` is given the parts that a plan is made of. */
async function plan(file, title, kicker, heading1, write) {
  const made = new Date('2026-09-28T12:00:00Z');
  const doc = new PDFDocument({
    size: 'LETTER',
    margins: { top: 54, bottom: 50, left: 60, right: 60 },
    font: sans,
    tagged: true,
    lang: 'en-US',
    displayTitle: true,
    pdfVersion: '1.7',
    info: {
      Title: title,
      Author: 'Riverbend demo',
      CreationDate: made,
      ModDate: made,
    },
  });
  const done = new Promise((settle) => doc.pipe(createWriteStream(file)).on('finish', settle));
  const root = doc.struct('Document');
  doc.addStructure(root);
  const add = (tag, draw) => root.add(doc.struct(tag, {}, draw));
  const blue = '#173f66';
  const ink = '#26313a';
  const heading = (text) => {
    doc.moveDown(0.55);
    add('H2', () => doc.font(strong).fontSize(11.5).fillColor(blue).text(text));
    doc.moveDown(0.15);
  };
  const paragraph = (text) => {
    add('P', () => doc.font(sans).fontSize(9.6).fillColor(ink).text(text, { lineGap: 2 }));
    doc.moveDown(0.3);
  };
  const list = (items) => {
    const whole = doc.struct('L');
    root.add(whole);
    for (const item of items) {
      const y = doc.y;
      const entry = doc.struct('LI');
      whole.add(entry);
      const style = () => doc.font(sans).fontSize(9.6).fillColor(ink);
      entry.add(doc.struct('Lbl', {}, () => style().text('•', 66, y, { lineBreak: false })));
      entry.add(doc.struct('LBody', {}, () => style().text(item, 78, y, { width: 474, lineGap: 2 })));
      entry.end();
      doc.moveDown(0.18);
    }
    whole.end();
    doc.x = 60;
  };
  const table = (head, rows, widths) => {
    const left = 60;
    const draw = (cells, face, colour, tag) => {
      const height =
        Math.max(
          ...cells.map((cell, index) =>
            doc
              .font(face)
              .fontSize(9)
              .heightOfString(cell, { width: widths[index] - 12, lineGap: 1.5 }),
          ),
        ) + 9;
      const y = doc.y;
      doc.markContent('Artifact', { type: 'Layout' });
      if (tag === 'TH') doc.rect(left, y, 492, height).fill('#dbe6f1');
      doc
        .moveTo(left, y + height)
        .lineTo(left + 492, y + height)
        .lineWidth(0.5)
        .stroke('#c4ccd3');
      doc.endMarkedContent();
      const row = doc.struct('TR');
      body.add(row);
      let x = left;
      cells.forEach((cell, index) => {
        const at = x;
        row.add(
          doc.struct(tag, {}, () =>
            doc
              .font(face)
              .fontSize(9)
              .fillColor(colour)
              .text(cell, at + 6, y + 4.5, { width: widths[index] - 12, lineGap: 1.5 }),
          ),
        );
        x += widths[index];
      });
      row.end();
      doc.y = y + height;
    };
    const body = doc.struct('Table');
    root.add(body);
    draw(head, strong, blue, 'TH');
    for (const row of rows) draw(row, sans, ink, 'TD');
    body.end();
    doc.x = left;
    doc.moveDown(0.4);
  };
  const band = () => {
    doc.markContent('Artifact', { type: 'Layout' });
    doc.rect(0, 0, 612, 14).fill(blue);
    doc.rect(0, 14, 612, 3).fill('#dcab52');
    doc.endMarkedContent();
  };

  band();
  add('P', () => doc.font(strong).fontSize(9).fillColor('#5a6670').text(kicker, 60, 48));
  add('H1', () => doc.font(serif).fontSize(21).fillColor(blue).text(heading1));
  const nextPage = () => {
    doc.addPage();
    band();
    doc.y = 44;
  };
  write({ heading, paragraph, list, table, nextPage });
  root.end();
  doc.end();
  await done;
}

const lessonPlan = ({ heading, paragraph, list, table, nextPage }) => {
  heading('What students are learning');
  paragraph(
    'I can compare two fractions with a picture and a reason that would convince somebody who does not believe me. (CCSS 5.NF.A.1 and 5.NF.A.2; builds on 4.NF.A.2: comparisons are valid only when the two fractions refer to the same whole.)',
  );
  heading('What good work looks like');
  paragraph(
    'Students build these in the first ten minutes by deciding which of two anonymous pieces is more convincing, and why. I write down their words; last year’s list is not shown.',
  );
  list([
    'The wholes are the same size.',
    'The parts in one bar are equal.',
    'My words say why, not only which. They would still be true if the picture were drawn by somebody else.',
  ]);
  heading('What I expect to find, and where');
  table(
    ['What I may see', 'What it may mean', 'What I have ready'],
    [
      [
        '3/5 drawn in a shorter bar than 2/3',
        'Each fraction is its own picture; the whole is not part of the comparison.',
        'Paper strips of one length; the question “what do you notice about the wholes?”',
      ],
      [
        '1/2 + 1/3 = 2/5',
        'Numerators and denominators are two separate whole numbers.',
        'Ask whether the sum can be less than 1/2, and to test it on the drawing.',
      ],
      [
        'Right answer, “you can see it”',
        'The picture is the reason; it has not been put into words.',
        'Ask how much more, in parts of one size.',
      ],
    ],
    [150, 176, 166],
  );
  heading('Lesson 1');
  table(
    ['Minutes', 'Students', 'Teacher'],
    [
      [
        '0–10',
        'Compare two samples, name what convinces them, and agree on criteria.',
        'Writes down their words; asks for a reason when a criterion is only about neatness.',
      ],
      [
        '10–30',
        'Compare 2/3 and 3/5, then 3/4 and 5/8, alone and then with a partner who checks with the criteria.',
        'Walks round with the class list: W wholes, P parts, R reason. Does not correct yet.',
      ],
      [
        '30–42',
        'Look at one drawing on the whiteboard with wholes of different length and say what they would tell its maker.',
        'Chooses the drawing from what was seen; revoices two answers.',
      ],
      [
        '42–50',
        'Exit ticket: 1/2 + 1/3. Draw, calculate, and write whether the answer makes sense.',
        'Collects all tickets.',
      ],
    ],
    [58, 232, 202],
  );

  nextPage();
  heading('Between the lessons');
  paragraph(
    'I sort all tickets into four piles: W, P, R, and “ready for more”. Each ticket gets one note: the criterion that is met, and one next step as a question or a small task that the student can do without me. I write no answers on the paper. If a pile has more than eight tickets, it becomes the opening of lesson 2 for everybody; smaller piles become a table with me.',
  );
  heading('Lesson 2');
  table(
    ['Minutes', 'Students', 'Teacher'],
    [
      [
        '0–5',
        'Read their own note twice, underline the next step, and ask a partner if it is not clear.',
        'Goes first to those who have not begun after two minutes.',
      ],
      [
        '5–20',
        'Work on the next step in green pencil on the same ticket. Those who finish write a new problem on which the same slip could happen, and solve it.',
        'Sits with the smallest pile; no new notes, only questions.',
      ],
      [
        '20–35',
        'Swap: one student explains to another what was changed and why.',
        'Listens for “because”; notes two explanations to share.',
      ],
      [
        '35–45',
        'New task for everybody: 5/6 or 7/9? The picture is not enough here.',
        'Looks at whether the change holds without the note.',
      ],
      [
        '45–50',
        'Write: what I changed, why, and my next goal.',
        'Marks each ticket “seen” once it has been read again.',
      ],
    ],
    [58, 232, 202],
  );
  heading('Ways in for every student');
  list([
    'Fraction strips on every table, for whoever wants them; nobody is told to use them.',
    'Sentence starters in English and Spanish: “The wholes are …”, “If I cut every … in two, then …”, “It cannot be, because …”.',
    'Students who find writing hard tell their reason to a partner, who writes it in their words; both sign with their number, not their name.',
    'Ready for more: find a fraction between 3/5 and 2/3, and show that there is always another one.',
  ]);
  heading('How I shall know that it worked');
  list([
    'Each ticket with a next step has work in green that answers it.',
    'On 5/6 or 7/9, at least the students who drew unequal wholes draw equal ones, or use parts of one size.',
    'What is still open goes into next week’s plan by number: whose wholes, whose parts, whose reasons.',
  ]);
  heading('Privacy');
  paragraph(
    'Student numbers instead of names; pictures of work are taken without faces, and only with the family’s permission on file.',
  );
};

const discussionPlan = ({ heading, paragraph, list, table, nextPage }) => {
  heading('The question, and why it is worth discussing');
  paragraph(
    'Should the old mill dam stay? Three short sources disagree with each other in what they measure, and none of them settles it: A, fish counted above and below the dam in eight springs; B, a record of high water in the last thirty years; C, a letter from the people who keep the mill. “Take it down”, “leave it” and “change it” can all be defended, and each has a source against it. In last week’s quick-write 9 of 24 students said “it depends who you ask”: the question begins there.',
  );
  heading('What students are learning');
  paragraph(
    'I can say what I think about a question that people disagree on, point at the evidence, and let somebody else’s idea change mine. (CCSS SL.5.1: engage effectively in collaborative discussions, building on others’ ideas and expressing their own clearly.)',
  );
  heading('How we talk together');
  list([
    'The chart of norms is the class’s own. Before we talk, a student says which one we need most today.',
    'Three quiet minutes to write a card: what I think, and the source that made me think so.',
    'Partners rehearse their cards; a partner may ask only, “Where does it say that?”',
    'One circle. After an idea we count to five in our heads. I sit in it and speak only to ask.',
  ]);
  heading('Ways in for every student');
  table(
    ['For', 'What is ready', 'How it will be taken away'],
    [
      [
        'Six multilingual learners',
        'Sources read aloud in English and Spanish; starters in both on the chart; a card in any language.',
        'In lesson 2 the starters are on the wall only, not on the desks.',
      ],
      [
        'Students who do not like to speak first',
        'The rehearsal; a partner may read the card aloud, with the writer’s leave.',
        'I ask the writer a question, so that the second turn is their own.',
      ],
      [
        'Students who speak often',
        'After two turns they listen for whom we have not heard.',
        'They keep their own count.',
      ],
    ],
    [128, 216, 148],
  );
  heading('Questions that I have ready');
  table(
    ['If I hear', 'I ask'],
    [
      ['“It should go. It is old.”', 'Which source would somebody use who disagrees?'],
      ['A good reason, and then silence', 'Who sees it differently? Then I count to seven.'],
      ['“A says there are fewer fish above.”', 'Could there be another reason? What would you count?'],
      ['Everybody agrees', 'You live downstream. What do you say now?'],
    ],
    [186, 306],
  );

  nextPage();
  heading('Lesson 1');
  table(
    ['Minutes', 'Students', 'Teacher'],
    [
      [
        '0–8',
        'Read or hear the three sources in threes; mark one sentence in each.',
        'Sits with the group that has source B, which has the hardest table.',
      ],
      [
        '8–13',
        'Write the card; rehearse it with a partner.',
        'Reads over shoulders: notes four cards that disagree.',
      ],
      ['13–37', 'Discuss in one circle.', 'Keeps the map. Does not judge answers.'],
      ['37–45', 'Write on the back of the card: what I think now, and who moved me.', 'Collects all cards.'],
    ],
    [58, 222, 212],
  );
  heading('What I record, and how I shall read it');
  paragraph(
    'A stroke is a turn, a green line an answer to a classmate, a square seat a multilingual learner. From the recording I sort the turns by kind: a reason with its source, adding to an idea, seeing it differently, repeating. I look at groups separately, because a total can get better while a group stays out. Seats are numbers, and the recording is deleted afterwards.',
  );
  heading('Between the lessons');
  paragraph(
    'One change, chosen from the map: 20 of 31 turns belong to four students, and almost every line comes back to me. So in lesson 2 the last speaker asks the next one, “What do you think, and which source?”, and anybody may say “come back to me”. Two students keep the map in my place.',
  );
  heading('Lesson 2: should the town pay for a fish ladder instead?');
  table(
    ['Minutes', 'Students', 'Teacher'],
    [
      ['0–5', 'Look at the first map without its numbers: what do you notice?', 'Explains the change.'],
      ['5–11', 'Read source D, on fish ladders; write and rehearse a card.', 'Returns the first cards.'],
      ['11–23', 'Discuss; the last speaker asks the next.', 'Outside the circle; at most two questions.'],
      ['23–25', 'The observers read the map: who has not been asked?', 'Says nothing.'],
      ['25–37', 'Go on, with what the map says.', 'Notes exchanges in which an idea changed.'],
      ['37–45', 'Write: I used to think …, and now …, because of number …', 'Collects the cards.'],
    ],
    [58, 232, 202],
  );
  heading('How I shall know that it worked');
  list([
    'More students are on the map, and the four who speak most have fewer than half of the turns.',
    'Lines go from student to student, not to me.',
    'All six multilingual learners take a turn of substance, in any language.',
    'At least half of the last cards name a classmate’s number and a source.',
  ]);
};

// ---------------------------------------------------------------- video

const captions = [
  [0, 2.4, 'Teacher: Which is more, two thirds or three fifths?'],
  [2.4, 4.8, 'Student: Two thirds. My bar is longer.'],
  [4.8, 7.2, 'Teacher: What do you notice about the two wholes?'],
  [7.2, 9, 'Student: They are not the same! It is not fair.'],
  [9, 11, 'Student: Now they are. Two thirds is more, by a little.'],
];
const seconds = 11;
const rate = 10;

function frame(time) {
  // The lines must not tremble more than a hand does: a new drawing three times a second.
  const p = pen(100 + Math.floor(time * 3));
  const grow = (from, length) => Math.min(1, Math.max(0, (time - from) / length));
  const person = (x, y, size, colour, armX, armY) =>
    `<circle cx="${x}" cy="${y}" r="${size * 0.26}" fill="#fff" stroke="${colour}" stroke-width="4"/>` +
    p.line(x, y + size * 0.26, x, y + size, colour, 4) +
    p.line(x, y + size * 0.45, armX, armY, colour, 4) +
    p.line(x, y + size * 0.45, x - size * 0.3, y + size * 0.75, colour, 4) +
    p.line(x, y + size, x - size * 0.24, y + size * 1.5, colour, 4) +
    p.line(x, y + size, x + size * 0.24, y + size * 1.5, colour, 4);
  const bars = [];
  const first = grow(0.2, 0.9);
  if (first > 0)
    bars.push(
      p.fraction(150, 92, 30, '#234', '2', '3') +
        p.bar(200, 66, 260 * first, 42, even(3), first === 1 ? 2 : 0, '#234', '#5b7db1'),
    );
  const second = grow(1.2, 0.9);
  const stretch = 0.72 + 0.28 * grow(8.2, 0.9);
  if (second > 0) {
    const colour = stretch > 0.72 ? '#2b7a45' : '#234';
    bars.push(
      p.fraction(150, 172, 30, colour, '3', '5') +
        p.bar(200, 146, 260 * stretch * second, 42, even(5), second === 1 ? 3 : 0, colour, '#7fb894'),
    );
  }
  if (time > 5 && time < 8.2) bars.push(p.loop(430, 128, 62, 74, '#b0433a'));
  if (time >= 9.2) bars.push(p.text(480, 134, 34, '#2b7a45', 'by 1/15'));
  const caption = captions.find(([from, to]) => time >= from && time < to)?.[2] ?? '';
  const teacherTalks = caption.startsWith('Teacher');
  const talk = (x, y) =>
    [0, 1, 2]
      .map(
        (dot) =>
          `<circle cx="${x + dot * 12}" cy="${y - (Math.floor(time * 4) % 3 === dot ? 5 : 0)}" r="4" fill="#55616b"/>`,
      )
      .join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360" width="640" height="360"><rect width="640" height="360" fill="#efe9dd"/><rect x="104" y="26" width="482" height="196" rx="6" fill="#fff" stroke="#8b9299" stroke-width="6"/><rect x="104" y="222" width="482" height="8" fill="#8b9299"/><rect y="296" width="640" height="64" fill="#26313a"/>${bars.join('')}${person(58, 132, 84, '#173f66', 128, 138)}${person(300, 236, 44, '#6a2c91', 322, 226)}${person(392, 240, 42, '#2b7a45', 404, 226)}${person(486, 238, 42, '#8a5a14', 470, 262)}${teacherTalks ? talk(46, 92) : talk(380, 214)}<rect y="300" width="640" height="60" fill="#26313a"/><text x="320" y="337" text-anchor="middle" font-family="Noto Sans" font-weight="600" font-size="20" fill="#fff">${caption}</text></svg>`;
}

function video(file) {
  const folder = mkdtempSync(join(tmpdir(), 'samples-'));
  for (let index = 0; index < seconds * rate; index += 1) {
    writeFileSync(join(folder, `${String(index).padStart(4, '0')}.png`), render(frame(index / rate)));
  }
  const input = ['-framerate', String(rate), '-i', join(folder, '%04d.png')];
  const tone = ['-f', 'lavfi', '-i', `sine=frequency=220:sample_rate=44100:duration=${seconds},volume=0.04`];
  const picture = [
    '-c:v',
    'libx264',
    '-preset',
    'veryslow',
    '-crf',
    '27',
    '-pix_fmt',
    'yuv420p',
    '-r',
    '20',
    '-threads',
    '1',
  ];
  const container = [
    '-c:a',
    'aac',
    '-b:a',
    '32k',
    '-movflags',
    '+faststart',
    '-fflags',
    '+bitexact',
    '-flags:v',
    '+bitexact',
    '-flags:a',
    '+bitexact',
    '-map_metadata',
    '-1',
    '-shortest',
  ];
  execFileSync('ffmpeg', ['-loglevel', 'error', '-y', ...input, ...tone, ...picture, ...container, file]);
  rmSync(folder, { recursive: true });
}

mkdirSync(out, { recursive: true });
const compressed = (svg) => sharp(render(svg)).flatten({ background: '#fff' });
await plan(
  join(out, 'lesson-plan.pdf'),
  'Lesson plan: Comparing fractions with pictures and reasons',
  'Lesson plan · Grade 5 mathematics · two lessons of 50 minutes',
  'Comparing fractions with pictures and reasons',
  lessonPlan,
);
await plan(
  join(out, 'discussion-plan.pdf'),
  'Discussion plan: Should the old mill dam stay?',
  'Discussion plan · Grade 5 social studies and science · two lessons of 45 minutes',
  'Should the old mill dam stay?',
  discussionPlan,
);
await compressed(workA())
  .png({ palette: true, colours: 64, effort: 10 })
  .toFile(join(out, 'student-work-1.png'));
await compressed(workB()).jpeg({ quality: 82, mozjpeg: true }).toFile(join(out, 'student-work-2.jpg'));
await compressed(workC())
  .png({ palette: true, colours: 64, effort: 10 })
  .toFile(join(out, 'student-work-3.png'));
await compressed(talkChart())
  .png({ palette: true, colours: 64, effort: 10 })
  .toFile(join(out, 'discussion-chart-1.png'));
await compressed(participationMap())
  .jpeg({ quality: 82, mozjpeg: true })
  .toFile(join(out, 'discussion-map-2.jpg'));
video(join(out, 'lesson-moment.mp4'));
