"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState, useTransition } from "react";
import { Button } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { submitByHand } from "#app/_components/submit-by-hand.ts";
import type { AnomalyState, FeedbackVerdict } from "#lib/anomaly-control/anomaly.ts";
import { changeAnomalyAction } from "../actions.ts";

const NEXT: { readonly [S in AnomalyState]: readonly AnomalyState[] } = {
  open: ["acknowledged", "expected", "resolved"],
  acknowledged: ["expected", "resolved"],
  expected: ["open"],
  resolved: ["open"],
};
const VERDICTS = ["unexpected", "expected", "not_anomaly"] as const;

/** What somebody can do about an anomaly, and what they can say of it. */
export function LifeButtons({
  id,
  state,
  owner,
  feedback,
  children,
}: {
  readonly id: string;
  readonly state: AnomalyState;
  readonly owner: string | null;
  readonly feedback: FeedbackVerdict | null;
  /** What has come of what was said. */
  readonly children: ReactNode;
}) {
  const t = useTranslations("Anomalies");
  const [busy, start] = useTransition();
  const [mistake, setMistake] = useState<string>();
  const change = (patch: object) => () =>
    start(async () => setMistake((await changeAnomalyAction(id, patch)).mistake));
  return (
    <div className="flex flex-col gap-3 p-4">
      <div className="flex flex-wrap gap-2">
        {NEXT[state].map((next, place) => (
          <Button
            key={next}
            variant={place === 0 && state === "open" ? "primary" : "secondary"}
            disabled={busy}
            onClick={change({ state: next })}
          >
            {t(`actions.${next}`)}
          </Button>
        ))}
      </div>
      <form
        onSubmit={submitByHand((form) => {
          const given = String(form.get("owner") ?? "").trim();
          change({ owner: given === "" ? null : given })();
        })}
        className="flex items-end gap-2"
        key={owner}
      >
        <TextField label={t("owner")} name="owner" defaultValue={owner ?? ""} maxLength={200} />
        <Button type="submit" variant="ghost" disabled={busy}>
          {t("giveTo")}
        </Button>
      </form>
      <fieldset className="flex flex-wrap items-center gap-2">
        <legend className="mb-1.5 text-muted text-xs">{t("feedbackAsk")}</legend>
        {VERDICTS.map((verdict) => (
          <Button
            key={verdict}
            variant={feedback === verdict ? "secondary" : "ghost"}
            aria-pressed={feedback === verdict}
            disabled={busy}
            onClick={change({ feedback: verdict })}
          >
            {t(`feedbacks.${verdict}`)}
          </Button>
        ))}
      </fieldset>
      <div className="text-muted text-xs empty:hidden">{children}</div>
      <p role="status" className="text-danger empty:hidden">
        {mistake}
      </p>
    </div>
  );
}
