import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { context, requestTime } from "#app/_server/context.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { explainCall } from "#lib/budget-control/explain-call.ts";
import { SpentOf } from "../../budgets/spent-of.tsx";

const SHOWN = 20;

/** Which budgets a call counts against, and why it does not count against the others. */
export async function CallBudgets({
  viewer,
  eventId,
}: {
  readonly viewer: Viewer;
  readonly eventId: string;
}) {
  const now = await requestTime();
  const [found, t] = await Promise.all([
    explainCall(context().sql, viewer, eventId, now.getTime()),
    getTranslations("Budgets"),
  ]);
  if (found === null || found.budgets.length === 0) return null;
  const { counted, budgets } = found;
  return (
    <Panel title={t("forCall")} note={t("forCallNote")}>
      {!counted && <p className="px-4 pt-3 text-muted">{t("notCountedCall")}</p>}
      {!budgets.some(({ covers }) => covers) && <Empty title={t("noneForCall")} />}
      <ul className="divide-y divide-line">
        {budgets.slice(0, SHOWN).map(({ status, covers, because, isCurrent }) => (
          <li
            key={status.budget.id}
            className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 px-4 py-2"
          >
            <span className="min-w-0">
              <Link
                href={`/budgets/${status.budget.id}`}
                className="font-medium underline-offset-2 hover:underline"
              >
                {status.budget.name}
              </Link>{" "}
              <span className={covers ? "text-good" : "text-muted"}>
                {because === null
                  ? t("applies")
                  : t("doesNotApply", { dimension: t(`scope.${because}`).toLowerCase() })}
              </span>
              {covers && !isCurrent && <span className="text-muted"> · {t("earlierPeriod")}</span>}
            </span>
            {covers && (
              <span className="figures text-muted">
                <SpentOf
                  spent={status.spent}
                  limit={status.limit.total}
                  unit={status.budget.unit}
                />
              </span>
            )}
          </li>
        ))}
      </ul>
      {budgets.length > SHOWN && (
        <p className="border-line border-t px-4 py-2 text-muted text-xs">
          {t("moreForCall", { count: budgets.length - SHOWN })}
        </p>
      )}
    </Panel>
  );
}
