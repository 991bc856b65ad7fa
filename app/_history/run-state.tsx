import { useTranslations } from "next-intl";
import { type HistoryRun, progressOf } from "#lib/history-runs/history-run.ts";

/** Where a run stands, in words and, while it goes on, in per cent. */
export function RunState({ run }: { readonly run: HistoryRun }) {
  const t = useTranslations("History");
  const { state, pass } = run;
  const percent = Math.floor(progressOf(run) * 100);
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <span className={`size-1.5 rounded-full ${TONES[state]}`} aria-hidden />
      {run.mode === "preview" && <span className="text-muted">{t("mode")} ·</span>}
      {state === "running" && pass > 1 ? t("checking") : t(`states.${state}`)}
      {state === "running" && pass <= 1 && <span className="figures text-muted">{percent} %</span>}
    </span>
  );
}

const TONES: { readonly [S in HistoryRun["state"]]: string } = {
  queued: "bg-faint",
  running: "bg-accent",
  done: "bg-good",
  failed: "bg-danger",
  cancelled: "bg-faint",
};
