import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { PanelDetails } from "#app/_components/panel-details.tsx";
import type { Viewer } from "#lib/access/viewer.ts";
import type { Scenario } from "#lib/forecasting/scenarios.ts";
import { ArchiveScenario } from "./archive-scenario.tsx";
import { questionHref } from "./question-query.ts";
import { SaveScenario } from "./save-scenario.tsx";

/** Saved questions; each is asked of the newest 30 days when it is opened. */
export function ScenariosPanel({
  scenarios,
  names,
  question,
  viewer,
}: {
  readonly scenarios: readonly Scenario[];
  /** Of scopes, for the eye. */
  readonly names: ReadonlyMap<string, string>;
  /** What the page asks now, as JSON; null where it may not be saved. */
  readonly question: string | null;
  readonly viewer: Viewer;
}) {
  const t = useTranslations("WhatIf");
  const date = new Intl.DateTimeFormat(useLocale(), { dateStyle: "medium" });
  const mayArchive = ({ isOwn, isShared }: Scenario) =>
    viewer.role !== "viewer" && (isOwn || (isShared && viewer.role === "admin"));
  return (
    <Panel title={t("saved")} note={t("savedNote")}>
      {scenarios.length === 0 ? (
        <Empty title={t("noneSaved")}>{t("noneSavedHint")}</Empty>
      ) : (
        <ul className="divide-y divide-line">
          {scenarios.map((scenario) => (
            <li key={scenario.id} className="flex items-center gap-3 px-4 py-2">
              <div className="min-w-0">
                <Link
                  href={questionHref(scenario.question)}
                  className="font-medium text-accent hover:underline"
                >
                  {scenario.name}
                </Link>
                <p className="text-muted text-xs">
                  {[
                    names.get(scenario.scope) ?? scenario.scope,
                    t(scenario.isShared ? "shared" : "private"),
                    scenario.createdBy,
                    date.format(scenario.createdAt),
                  ].join(" · ")}
                </p>
              </div>
              {mayArchive(scenario) && (
                <span className="ml-auto">
                  <ArchiveScenario id={scenario.id} name={scenario.name} />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {question !== null && (
        <PanelDetails summary={t("saveThis")}>
          <SaveScenario question={question} />
        </PanelDetails>
      )}
    </Panel>
  );
}
