import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Facts } from "#app/_components/facts.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import { formatUsdExact } from "#app/_format/format-usd.ts";
import type { LedgerEvent } from "#lib/reports/ledger-event.ts";

/** What the ledger holds of one event. */
export function EventFacts({
  event,
  timeZone,
}: {
  readonly event: LedgerEvent;
  readonly timeZone: string;
}) {
  const t = useTranslations("Receipt");
  const kinds = useTranslations("Events.kinds");
  const locale = useLocale();
  const duration =
    event.durationMs === null
      ? null
      : t("milliseconds", { ms: Math.round(event.durationMs * 1000) / 1000 });
  return (
    <Panel title={t("event")}>
      <Facts
        facts={[
          [t("facts.kind"), kinds(event.kind)],
          [t("facts.operation"), operationText(event.operation, t)],
          [t("facts.status"), statusText(event, t)],
          [t("facts.provider"), event.provider],
          [t("facts.model"), event.model],
          [t("facts.modelReported"), event.modelReported],
          [t("facts.tier"), event.tier],
          [t("facts.duration"), duration],
          [t("facts.received"), formatMoment(event.receivedAt, locale, timeZone)],
          [t("facts.session"), sessionLink(event.session)],
          [t("facts.user"), event.user],
          [t("facts.service"), event.service],
          [t("facts.signal"), `${event.signal}, ${event.dialect}`],
          [t("facts.funding"), event.funding],
          [
            t("facts.reportedCost"),
            event.reportedCost === null ? null : formatUsdExact(event.reportedCost, locale),
          ],
          [t("facts.flags"), event.flags.join(", ")],
          [t("facts.trace"), code(event.traceId)],
          [t("facts.span"), code(event.spanId)],
          [t("facts.response"), code(event.responseId)],
          [t("facts.id"), code(event.id)],
        ]}
      />
    </Panel>
  );
}

type Words = ReturnType<typeof useTranslations<"Receipt">>;

/** As OpenTelemetry names it where that is one of its well-known names, else as it was said. */
function operationText(operation: string, t: Words): string {
  const name = `operations.${operation}` as "operations.chat";
  return t.has(name) ? t(name) : operation;
}

function statusText({ status, errorType }: LedgerEvent, t: Words): string {
  const name = `statuses.${status}` as "statuses.ok";
  return [t.has(name) ? t(name) : status, errorType].filter(Boolean).join(": ");
}

function sessionLink(session: string | null): ReactNode {
  return session === null ? null : (
    <Link
      href={`/sessions/${encodeURIComponent(session)}`}
      className="text-accent underline-offset-2 hover:underline"
    >
      {session}
    </Link>
  );
}

/** Ids in a face that tells 0 from O. */
function code(text: string | null): ReactNode {
  return text === null ? null : <code className="font-mono text-xs">{text}</code>;
}
