import { useLocale, useTranslations } from "next-intl";
import { formatUsd } from "#app/_format/format-usd.ts";
import type { Anomaly } from "#lib/anomaly-control/anomaly.ts";
import { parseUsd, type Usd } from "#lib/money/money.ts";
import { useScopeText } from "./scope-text.tsx";

/** An anomaly in one sentence: how much, in how long, who did what. */
export function AnomalySentence({ anomaly }: { readonly anomaly: Anomaly }) {
  const t = useTranslations("Anomalies");
  const locale = useLocale();
  const hours = Math.max(
    1,
    Math.round((anomaly.endsAt.getTime() - anomaly.startsAt.getTime()) / 3_600_000),
  );
  const time =
    hours < 48 ? t("hours", { count: hours }) : t("days", { count: Math.round(hours / 24) });
  const change = changeText(anomaly, locale, t(`metrics.${anomaly.metric}`));
  return <>{t("sentence", { change, time, what: useWhat(anomaly) })}</>;
}

/** Signed; of metrics that are no money the change of their count. */
function changeText({ metric, measured, impact }: Anomaly, locale: string, name: string): string {
  if (metric === "spend" || measured === null) {
    return `${impact < 0n ? "−" : "+"}${formatUsd((impact < 0n ? -impact : impact) as Usd, locale)}`;
  }
  const format = new Intl.NumberFormat(locale, { signDisplay: "always", maximumFractionDigits: 0 });
  return `${format.format(measured.actual - measured.expected)} ${name}`;
}

function useWhat(anomaly: Anomaly): string {
  const t = useTranslations("Anomalies");
  const locale = useLocale();
  const { kind, scope, explanation } = anomaly;
  const finding = anomaly.findings[kind] ?? {};
  const text = (name: string) => String(finding[name] ?? t("unknown"));
  const figure = (name: string) => Number(finding[name] ?? 0);
  const said = t(`what.${kind}`, {
    who: useScopeText(scope),
    tool: text("tool"),
    calls: figure("calls"),
    model: text("model"),
    from: text("from"),
    to: text("to"),
    turns: figure("turns"),
    first: figure("first_tokens"),
    last: figure("last_tokens"),
    before: figure("hit_share_before"),
    now: figure("hit_share_now"),
    retries: figure("retries"),
    most: figure("most_retries"),
    share: figure("retry_share_now"),
    tokens: figure("tokens"),
    silent: finding.silent === true ? "yes" : "no",
  });
  const [cause] = explanation.causes;
  const isTelling =
    anomaly.source !== "agent" &&
    explanation.hasSingleCause &&
    cause !== undefined &&
    cause.value !== null &&
    !Object.values(scope).includes(cause.value);
  if (!isTelling) return said;
  return t("because", {
    said,
    cause: t(`dimensions.${cause.dimension}`),
    value: cause.value ?? "",
    change: formatUsd(parseUsd(cause.change), locale),
  });
}
