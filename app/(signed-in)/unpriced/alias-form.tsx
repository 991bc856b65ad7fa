"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { CONTROL_CLASS } from "#app/_components/field.tsx";
import type { KnownModel } from "#lib/price-book/nearest-models.ts";
import { recordAliasAction } from "../prices/actions.ts";

/** Says which known model a name stands for: a suggestion to confirm, or any other. */
export function AliasForm({
  provider,
  reported,
  suggestions,
}: {
  readonly provider: string;
  readonly reported: string;
  readonly suggestions: readonly KnownModel[];
}) {
  const t = useTranslations("Unpriced");
  const [state, action, busy] = useActionState(recordAliasAction, {});
  const [first] = suggestions;
  const list = `models-${provider}-${reported}`;
  return (
    <form action={action} className="flex flex-wrap items-center gap-2">
      <input type="hidden" name="provider" value={provider} />
      <input type="hidden" name="reported" value={reported} />
      <input
        name="target"
        required
        maxLength={400}
        list={list}
        aria-label={t("isModel", { name: reported })}
        placeholder={first === undefined ? "openai/gpt-5.5" : `${first.provider}/${first.model}`}
        className={`${CONTROL_CLASS} min-w-44 sm:w-64`}
      />
      <datalist id={list}>
        {suggestions.map((known) => (
          <option
            key={`${known.provider}/${known.model}`}
            value={`${known.provider}/${known.model}`}
          />
        ))}
      </datalist>
      <Button type="submit" disabled={busy}>
        {t("sameAs")}
      </Button>
      {suggestions.length > 0 && (
        <p className="w-full text-muted text-xs">
          {t("similar", { names: suggestions.map((known) => known.model).join(", ") })}
        </p>
      )}
      <p role="status" className="w-full text-xs empty:hidden">
        {state.done ?? state.mistakes?.join(" ")}
      </p>
    </form>
  );
}
