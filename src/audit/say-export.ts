import { sayLost } from './restored.js';
import type { StatementVerdict } from './statement-in-record.js';
import type { ExportVerdict, HeadVerdict } from './verify-export.js';
import type { RecordVerdict } from './verify-record.js';

const notUsed: Readonly<Record<HeadVerdict['standing'], string>> = {
  holds: '',
  'not-signed': 'worth nothing; ',
  'no-key': 'its signature could not be checked; ',
  lost: 'signed before a restore; ',
  'other-district': 'not used; ',
};

/** What to do about a record that is not good. */
function wayOut({ faults }: RecordVerdict): string {
  const again = 'What to do: keep this file and the heads as they are, and export the record anew.';
  const restored =
    'If the service was restored from a backup, whoever runs it records that (touchstone audit restored)';
  return faults.every(({ kind }) => kind === 'cut-off')
    ? `${again} When the new one ends there too, entries were removed. ${restored}, and the heads of before are taken again.`
    : `${again} When the new one is good, this file was changed; when it is not, the record in the service was: “Verify now” on /district/audit names the documents that differ, and an older export shows what stood there. ${restored}.`;
}

const statementWords: Readonly<Record<StatementVerdict['standing'], string>> = {
  agrees: 'borne out',
  differs: 'contradicted',
  'not-found': 'not borne out',
  'other-district': 'not used',
  'not-judged': 'not judged',
};

/** What a verification found, in plain words, a line each. */
export function sayExport({
  outcome,
  record,
  heads,
  statements,
  restores,
  keys,
}: ExportVerdict): readonly string[] {
  const used = heads.filter(({ standing }) => standing === 'holds').length;
  const first =
    outcome === 'bad'
      ? 'Not as it was recorded.'
      : outcome === 'not-judged'
        ? 'Not fully checked: nothing wrong was found, but something that was given could not be used.'
        : restores.length > 0
          ? 'Good, but for what was lost in a restore that it names.'
          : 'Good.';
  return [
    `${first} ${record.ok ? record.reason : `Entries before the first fault: ${record.entries}, of which a signed head proves ${record.proven}.`}`,
    ...record.faults.map(
      ({ seq, kind, subject, detail }) =>
        `Entry ${seq} (${kind})${subject === undefined ? '' : `, where ${subject.collection} ${subject.id} stands`}: ${detail}.`,
    ),
    ...(record.moreFaults > 0 ? [`And ${record.moreFaults} more faults.`] : []),
    ...(record.ok ? [] : [wayOut(record)]),
    ...restores.map((restored) => `Restored: ${sayLost(restored, restored.lostHeads[0]!)}.`),
    ...heads.map(
      ({ file, seq, time, standing, detail }) =>
        `Head of entry ${seq}, signed at ${time} (${file}): ${notUsed[standing]}${detail}.`,
    ),
    ...statements.map(
      ({ file, standing, detail }) =>
        `Review quality statement (${file}), ${statementWords[standing]}: ${detail}.`,
    ),
    ...(used > 0 && keys === 'of-the-record'
      ? [
          'The signatures were checked with keys that the record itself names. Whoever gives you both record and head could have made both: give the district’s keys, kept from elsewhere, with --jwks.',
        ]
      : []),
  ];
}
