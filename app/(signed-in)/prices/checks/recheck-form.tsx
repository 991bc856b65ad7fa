"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { CONTROL_CLASS } from "#app/_components/field.tsx";
import { recheckAction } from "./actions.ts";

/** "I looked, and it says the same": with the words of the source. */
export function RecheckForm({
  name,
  ids,
  url,
}: {
  readonly name: string;
  readonly ids: readonly string[];
  readonly url: string;
}) {
  const t = useTranslations("PriceChecks");
  const [{ message, done }, action, busy] = useActionState(recheckAction, {});
  return (
    <form action={action} className="flex flex-wrap items-center gap-2">
      <input type="hidden" name="ids" value={ids.join(" ")} />
      <input
        name="url"
        type="url"
        required
        maxLength={1_000}
        defaultValue={url}
        aria-label={t("url", { name })}
        className={`${CONTROL_CLASS} max-w-64`}
      />
      <input
        name="quote"
        required
        maxLength={2_000}
        aria-label={t("quote", { name })}
        placeholder={t("quotePlaceholder")}
        className={`${CONTROL_CLASS} max-w-64`}
      />
      <Button type="submit" disabled={busy}>
        {t("unchanged")}
      </Button>
      <p role="status" className="w-full text-xs empty:hidden">
        {done ?? message}
      </p>
    </form>
  );
}
