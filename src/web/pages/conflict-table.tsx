import type { DeclaredConflict } from '../../calibration/index.js';
import { DataTable } from '../components/index.js';
import { conflictWords } from './declaration-words.js';

/** What somebody declared, tie by tie. */
export function ConflictTable(props: {
  readonly conflicts: readonly DeclaredConflict[];
  readonly caption: string;
}) {
  if (props.conflicts.length === 0) return <p>No conflict of interest is known.</p>;
  return (
    <DataTable<DeclaredConflict>
      caption={props.caption}
      rows={props.conflicts}
      columns={[
        {
          title: 'With',
          cell: ({ with: what, name }) => (
            <>
              {what === 'school' ? 'all of ' : ''}
              <bdi>{name}</bdi>
            </>
          ),
        },
        { title: 'Kind', cell: ({ kind }) => conflictWords[kind] },
        { title: 'From', cell: ({ from }) => from ?? 'not known' },
        { title: 'Until', cell: ({ until }) => until ?? 'goes on' },
      ]}
    />
  );
}
