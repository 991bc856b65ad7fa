import { Panel } from "./panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "./table.tsx";

/** What is wrong with a file, line by line. */
export function LineProblems({
  title,
  line: lineTitle,
  problem,
  problems,
}: {
  readonly title: string;
  /** The heads of the columns. */
  readonly line: string;
  readonly problem: string;
  readonly problems: readonly { readonly line: number; readonly message: string }[];
}) {
  return (
    <Panel title={title}>
      <Table caption={title}>
        <thead>
          <tr>
            <HeadCell numeric>{lineTitle}</HeadCell>
            <HeadCell>{problem}</HeadCell>
          </tr>
        </thead>
        <tbody>
          {problems.map(({ line, message }) => (
            <Row key={`${line} ${message}`}>
              <RowHead className="figures w-20 text-right">{line}</RowHead>
              <Cell>{message}</Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
