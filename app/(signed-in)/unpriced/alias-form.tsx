"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, use, useActionState, useRef } from "react";
import { Button } from "#app/_components/button.tsx";
import { CONTROL_CLASS } from "#app/_components/field.tsx";
import type { Suggestions } from "#lib/price-book/unpriced-queue.ts";
import { type FormState, recordAliasAction } from "../prices/actions.ts";
import { useModelNames } from "../prices/model-field.tsx";
import { TellStep } from "./last-step.tsx";

/** Says which known model a name stands for: a suggestion to confirm, or any other. */
export function AliasForm({
  provider,
  reported,
  suggestions,
  children,
}: {
  readonly provider: string;
  readonly reported: string;
  readonly suggestions: Suggestions;
  /** What else can be done, beside the button. */
  readonly children: ReactNode;
}) {
  const t = useTranslations("Unpriced");
  const tell = use(TellStep);
  const record = async (before: FormState, form: FormData) => {
    const state = await recordAliasAction(before, form);
    if (state.done !== undefined) tell(state.done);
    return state;
  };
  const [state, action, busy] = useActionState(record, {});
  const target = useRef<HTMLInputElement>(null);
  const { input, options } = useModelNames();
  const names = suggestions.models.map((known) => `${known.provider}/${known.model}`);
  const isWeak = suggestions.basis === "use";
  const fillIn = (name: string) => {
    if (target.current === null) return;
    target.current.value = name;
    target.current.focus();
  };
  return (
    <form action={action} className="flex flex-wrap items-center gap-2">
      <input type="hidden" name="provider" value={provider} />
      <input type="hidden" name="reported" value={reported} />
      {names.length > 0 && (
        <fieldset className="flex w-full flex-wrap items-center gap-1.5" disabled={busy}>
          <legend className="float-left mr-1.5 text-muted text-xs">
            {t(isWeak ? "usedMost" : "similar")}
          </legend>
          {names.map((name) => (
            <Button
              key={name}
              // A weak guess is only written down: whoever means it confirms it.
              {...(isWeak
                ? { onClick: () => fillIn(name) }
                : { type: "submit", name: "target", value: name, formNoValidate: true })}
              className="h-7 px-2 text-xs"
            >
              {name}
            </Button>
          ))}
        </fieldset>
      )}
      {names.length === 0 && <p className="w-full text-muted text-xs">{t("noneSimilar")}</p>}
      <input
        ref={target}
        name="target"
        {...input}
        required
        maxLength={400}
        aria-label={t("isModel", { name: reported })}
        placeholder={t("otherModel")}
        className={`${CONTROL_CLASS} max-w-52`}
      />
      {options}
      <Button type="submit" disabled={busy}>
        {t("sameAs")}
      </Button>
      {children}
      <p role="status" className="w-full text-xs empty:hidden">
        {state.mistakes?.join(" ")}
      </p>
    </form>
  );
}
