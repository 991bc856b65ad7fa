import { useTranslations } from "next-intl";
import { Button } from "#app/_components/button.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { ComparisonView } from "#app/_reconciliation/comparison-view.tsx";
import type { UploadTexts } from "./send-invoice.ts";

/** How a file compares, before it is kept; or what is wrong with it. */
export function UploadResult({
  answer,
  onKeep,
}: {
  readonly answer: UploadTexts;
  readonly onKeep: () => void;
}) {
  const t = useTranslations("Reconciliation");
  if (answer.comparison === null) return <Refused errors={answer.errors} />;
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <p className="text-muted">
          {t("found", { lines: answer.lines, passed: answer.passed_over })}
        </p>
        <Button variant="primary" className="ml-auto" onClick={onKeep}>
          {t("keep")}
        </Button>
      </div>
      <ComparisonView comparison={answer.comparison} />
    </>
  );
}

function Refused({ errors }: { readonly errors: UploadTexts["errors"] }) {
  const t = useTranslations("Reconciliation");
  return (
    <>
      <Notice tone="danger" title={t("refused")}>
        {t("refusedHint")}
      </Notice>
      <Panel title={t("problems")}>
        <Table caption={t("problems")}>
          <thead>
            <tr>
              <HeadCell numeric>{t("line")}</HeadCell>
              <HeadCell>{t("problem")}</HeadCell>
            </tr>
          </thead>
          <tbody>
            {errors.map(({ line, message }) => (
              <Row key={`${line} ${message}`}>
                <RowHead className="figures w-20 text-right">{line}</RowHead>
                <Cell>{message}</Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      </Panel>
    </>
  );
}
