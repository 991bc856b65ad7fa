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
  const names = suggestions.map((known) => `${known.provider}/${known.model}`);
  return (
    <form action={action} className="flex flex-wrap items-center gap-2">
      <input type="hidden" name="provider" value={provider} />
      <input type="hidden" name="reported" value={reported} />
      {names.length > 0 && (
        <fieldset className="flex w-full flex-wrap items-center gap-1.5" disabled={busy}>
          <legend className="float-left mr-1.5 text-muted text-xs">{t("similar")}</legend>
          {names.map((name) => (
            <Button
              key={name}
              type="submit"
              name="target"
              value={name}
              formNoValidate
              className="h-7 px-2 text-xs"
            >
              {name}
            </Button>
          ))}
        </fieldset>
      )}
      <input
        name="target"
        required
        maxLength={400}
        aria-label={t("isModel", { name: reported })}
        placeholder={t("otherModel")}
        className={`${CONTROL_CLASS} max-w-64`}
      />
      <Button type="submit" disabled={busy}>
        {t("sameAs")}
      </Button>
      <p role="status" className="w-full text-xs empty:hidden">
        {state.done ?? state.mistakes?.join(" ")}
      </p>
    </form>
  );
}
