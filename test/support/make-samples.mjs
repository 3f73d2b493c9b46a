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

// ---------------------------------------------------------------- lesson plan

async function lessonPlan(file) {
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
      Title: 'Lesson plan: Comparing fractions with pictures and reasons',
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
  add('P', () =>
    doc
      .font(strong)
      .fontSize(9)
      .fillColor('#5a6670')
      .text('Lesson plan · Grade 5 mathematics · two lessons of 50 minutes', 60, 48),
  );
  add('H1', () =>
    doc.font(serif).fontSize(21).fillColor(blue).text('Comparing fractions with pictures and reasons'),
  );
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

  doc.addPage();
  band();
  doc.y = 44;
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
  root.end();
  doc.end();
  await done;
}

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
await lessonPlan(join(out, 'lesson-plan.pdf'));
await compressed(workA())
  .png({ palette: true, colours: 64, effort: 10 })
  .toFile(join(out, 'student-work-1.png'));
await compressed(workB()).jpeg({ quality: 82, mozjpeg: true }).toFile(join(out, 'student-work-2.jpg'));
await compressed(workC())
  .png({ palette: true, colours: 64, effort: 10 })
  .toFile(join(out, 'student-work-3.png'));
video(join(out, 'lesson-moment.mp4'));
