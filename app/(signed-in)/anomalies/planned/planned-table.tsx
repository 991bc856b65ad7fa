import { useLocale, useTranslations } from "next-intl";
import { Empty } from "#app/_components/notice.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatBucket } from "#app/_format/format-time.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import type { PlannedEvent } from "#lib/anomaly-control/planned-events.ts";
import { RemovePlanned } from "./remove-planned.tsx";

export function PlannedTable({
  events,
  timeZone,
  viewer: { role, teams },
  now,
}: {
  readonly events: readonly PlannedEvent[];
  readonly timeZone: string;
  readonly viewer: Viewer;
  readonly now: Date;
}) {
  const t = useTranslations("PlannedEvents");
  const locale = useLocale();
  const day = (at: Date) => formatBucket(at, "day", locale, timeZone);
  const isOwn = ({ team }: PlannedEvent["scope"]) =>
    teams === "all" || (team !== undefined && teams.includes(team));
  if (events.length === 0) return <Empty title={t("none")}>{t("noneHint")}</Empty>;
  return (
    <Table caption={t("title")}>
      <thead>
        <tr>
          <HeadCell>{t("label")}</HeadCell>
          <HeadCell>{t("when")}</HeadCell>
          <HeadCell>{t("scope")}</HeadCell>
          <HeadCell>{t("factor")}</HeadCell>
          <HeadCell>
            <span className="sr-only">{t("remove")}</span>
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {events.map(({ id, label, scope, startsAt, endsAt, factor, createdBy }) => (
          <Row key={id}>
            <RowHead>
              {label}
              <span className="block text-muted text-xs">{createdBy}</span>
            </RowHead>
            <Cell className="figures whitespace-nowrap">
              {/* The end is the first moment after it. */}
              {day(startsAt)} – {day(new Date(endsAt.getTime() - 1))}
              <span className="block text-muted text-xs">
                {t(endsAt <= now ? "over" : startsAt <= now ? "running" : "ahead")}
              </span>
            </Cell>
            <Cell>
              {Object.keys(scope).length === 0
                ? t("organization")
                : (["team", "agent", "model"] as const)
                    .flatMap((name) =>
                      scope[name] === undefined ? [] : [`${t(name)} ${scope[name]}`],
                    )
                    .join(" · ")}
            </Cell>
            <Cell className="figures">
              {factor === null ? t("anything") : t("times", { factor })}
            </Cell>
            <Cell className="text-right">
              {role !== "viewer" && isOwn(scope) && <RemovePlanned id={id} label={label} />}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
