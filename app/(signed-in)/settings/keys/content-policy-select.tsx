"use client";

import { useTranslations } from "next-intl";
import { useTransition } from "react";
import type { ContentPolicy } from "#lib/access/keys.ts";
import { setContentPolicyAction } from "./actions.ts";

/** What an ingest key keeps of prompts, arguments and results; a change is in force at once. */
export function ContentPolicySelect({
  id,
  label,
  policy,
}: {
  readonly id: string;
  readonly label: string;
  readonly policy: ContentPolicy;
}) {
  const t = useTranslations("Keys");
  const [busy, startTransition] = useTransition();
  return (
    <select
      aria-label={t("contentOf", { label })}
      value={policy}
      disabled={busy}
      onChange={({ target }) => startTransition(() => setContentPolicyAction(id, target.value))}
      className="h-7 rounded-md border border-line bg-surface px-1.5 text-xs"
    >
      <option value="drop">{t("contentPolicies.drop")}</option>
      <option value="hash">{t("contentPolicies.hash")}</option>
    </select>
  );
}
