import type { ComponentChildren } from 'preact';

/** One column of a table. */
export interface Column<T> {
  readonly title: string;
  readonly cell: (row: T) => ComponentChildren;
  /** Numbers stand at the end of their column. */
  readonly kind?: 'text' | 'number';
}

/**
 * A table with a caption; the first column names the row. On narrow screens each row becomes a card whose cells
 * say their column. Where there are no rows, show an `EmptyState` instead.
 */
export function DataTable<T>(props: {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
}) {
  const { caption, columns, rows } = props;
  const kindOf = (column: Column<T>) => (column.kind === 'number' ? 'number' : undefined);
  return (
    <div class="table-wrap">
      <table class="table-cards">
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col" class={kindOf(column)}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {columns.map((column, index) =>
                index === 0 ? (
                  <th scope="row" data-column={column.title}>
                    <div>{column.cell(row)}</div>
                  </th>
                ) : (
                  <td data-column={column.title} class={kindOf(column)}>
                    <div>{column.cell(row)}</div>
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
