import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import './data-table.css';

export interface Column<Row> {
  readonly name: string;
  /** Heading of the column; empty for a column of buttons, whose label is then read out from each button. */
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers stand at the end. */
  readonly align?: 'end';
}

interface DataTableProps<Row> {
  /** What the rows are, for who cannot see the heading above. */
  readonly label: string;
  /** The first names its row. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

/** A table that scrolls within its box, and on a phone is one block of lines per row. */
export const DataTable = <Row,>({ label, columns, rows, keyOf }: DataTableProps<Row>) => (
  <div className="data-table__box">
    <Table className="data-table" aria-label={label} role="table" verticalSpacing="xs" highlightOnHover>
      <Table.Thead role="rowgroup">
        <Table.Tr role="row">
          {columns.map(({ name, title, align }) =>
            title === '' ? (
              <Table.Td key={name} role="cell" />
            ) : (
              <Table.Th key={name} role="columnheader" scope="col" ta={align}>
                {title}
              </Table.Th>
            ),
          )}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody role="rowgroup">
        {rows.map((row) => (
          <Table.Tr key={keyOf(row)} role="row">
            {columns.map(({ name, title, cell, align }, index) =>
              index === 0 ? (
                <Table.Th key={name} role="rowheader" scope="row" fw={500}>
                  {cell(row)}
                </Table.Th>
              ) : (
                <Table.Td key={name} role="cell" data-title={title} ta={align}>
                  {cell(row)}
                </Table.Td>
              ),
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </div>
);
