import { useTranslations } from "next-intl";
import { Button } from "#app/_components/button.tsx";
import { LineProblems } from "#app/_components/line-problems.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { ComparisonView } from "#app/_reconciliation/comparison-view.tsx";
import { CountedNotice } from "#app/_reconciliation/counted-notice.tsx";
import { EarlierField } from "./earlier-field.tsx";
import type { UploadTexts } from "./send-invoice.ts";

/** How a file compares, before it is kept; or what is wrong with it. */
export function UploadResult({
  answer,
  toEarlier,
  onPlace,
  onKeep,
}: {
  readonly answer: UploadTexts;
  /** What it is to the invoices before it; empty until that is said. */
  readonly toEarlier: string;
  readonly onPlace: (toEarlier: string) => void;
  readonly onKeep: () => void;
}) {
  const t = useTranslations("Reconciliation");
  if (answer.comparison === null) return <Refused errors={answer.errors} />;
  const { earlier } = answer;
  const isOpen = earlier.length > 0 && toEarlier === "";
  return (
    <>
      {earlier.length > 0 && (
        <EarlierField earlier={earlier} toEarlier={toEarlier} onPlace={onPlace} />
      )}
      <div className="flex flex-wrap items-center gap-3">
        <p className="text-muted">
          {t("found", { lines: answer.lines, passed: answer.passed_over })}
        </p>
        <Button variant="primary" className="ml-auto" onClick={onKeep} disabled={isOpen}>
          {t("keep")}
        </Button>
      </div>
      <CountedNotice {...answer} />
      <ComparisonView comparison={answer.comparison} amounts={answer.amounts} />
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
      <LineProblems
        title={t("problems")}
        line={t("line")}
        problem={t("problem")}
        problems={errors}
      />
    </>
  );
}
