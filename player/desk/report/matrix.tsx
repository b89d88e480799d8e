import { text } from '../../common/page.ts';
import { figuresOf, figuresOfTotal, headOf, isNothing, shownInWords, told, type Shown } from './figures.ts';
import type { Column, Figure, Figures, Report, Row } from './report_api.ts';

interface ShownColumn {
  readonly column: Column;
  /** Where its figures stand in a row's cells. */
  readonly at: number;
  readonly figures: readonly Figure[];
}

interface LineProps {
  readonly name: string;
  readonly kind: 'municipality' | 'department' | 'sum';
  readonly row: Row;
  readonly columns: readonly ShownColumn[];
  readonly shown: Shown;
}

function Cell({ figures, figure, last }: { readonly figures: Figures | undefined; readonly figure: Figure; readonly last: boolean }) {
  const words = told(figures, figure);
  const classes = [!figures?.[figure] && 'report-zero', last && 'report-last'].filter(Boolean).join(' ');
  return <td class={classes}>{words}</td>;
}

function Line({ name, kind, row, columns, shown }: LineProps) {
  const cells = (key: string, figures: Figures | undefined, names: readonly Figure[]) =>
    names.map((figure, at) => <Cell key={key + figure} figures={figures} figure={figure} last={at + 1 === names.length} />);
  return (
    <tr class={`report-${kind}`}>
      <th scope="row">
        {name}
        {kind === 'municipality' && isNothing(row.total) && <span class="report-absent">{text('report.took_no_part')}</span>}
      </th>
      {columns.map(({ column, at, figures }) => cells(column.id, row.cells[at], figures))}
      {cells('', row.total, figuresOfTotal(shown))}
    </tr>
  );
}

function Heads({ columns, shown }: { readonly columns: readonly ShownColumn[]; readonly shown: Shown }) {
  const total = figuresOfTotal(shown);
  return (
    <thead>
      <tr>
        <th scope="col" rowSpan={2}>
          {text('report.municipality')}
        </th>
        {columns.map(({ column, figures }) => (
          <th key={column.id} scope="colgroup" colSpan={figures.length} class="report-title report-last">
            <span>{column.title}</span>
            {column.kind === 'session' && <span class="quiet">{column.when}</span>}
          </th>
        ))}
        <th scope="colgroup" colSpan={total.length} class="report-title">
          {text('report.row_total')}
        </th>
      </tr>
      <tr>
        {columns.map(({ column, figures }) =>
          figures.map((figure, at) => (
            <th key={column.id + figure} scope="col" class={at + 1 === figures.length ? 'report-last' : ''}>
              {headOf(figure)}
            </th>
          )),
        )}
        {total.map((figure) => (
          <th key={figure} scope="col">
            {headOf(figure)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** Of how many municipalities nobody took part. */
function Absent({ report, columns, shown }: { readonly report: Report; readonly columns: readonly ShownColumn[]; readonly shown: Shown }) {
  return (
    <tr class="report-absences">
      <th scope="row">{text('report.absent')}</th>
      {columns.map(({ column, at, figures }) => (
        <td key={column.id} class="report-last" colSpan={figures.length}>
          {report.absent[at]}
        </td>
      ))}
      <td colSpan={figuresOfTotal(shown).length}>{report.absent_from_all}</td>
    </tr>
  );
}

interface MatrixProps {
  readonly report: Report;
  readonly shown: Shown;
  readonly withDepartments: boolean;
}

/** Municipalities against sessions and videos; whoever took part in nothing has a line of zeros. */
export function Matrix({ report, shown, withDepartments }: MatrixProps) {
  const columns = report.columns
    .map((column, at) => ({ column, at, figures: figuresOf(column, shown) }))
    .filter(({ figures }) => figures.length > 0);
  if (columns.length === 0) return <p class="empty">{text('report.empty', { year: report.year })}</p>;
  const caption = text('report.caption', { year: report.year, shown: shownInWords(shown) });
  return (
    <div class="report-frame" role="region" aria-label={caption} tabIndex={0}>
      <table class="report-table">
        <caption>{caption}</caption>
        <Heads columns={columns} shown={shown} />
        <tbody>
          {report.rows.flatMap((row) => [
            <Line key={row.municipality.code} name={row.municipality.name} kind="municipality" row={row} columns={columns} shown={shown} />,
            ...(withDepartments ? row.departments : []).map((department) => (
              <Line key={`${row.municipality.code} ${department.name}`} name={department.name} kind="department" row={department} columns={columns} shown={shown} />
            )),
          ])}
        </tbody>
        <tfoot>
          <Absent report={report} columns={columns} shown={shown} />
          <Line name={text('report.sum')} kind="sum" row={{ cells: report.totals, total: report.total }} columns={columns} shown={shown} />
        </tfoot>
      </table>
    </div>
  );
}
