"use client";

import { useTranslations } from "next-intl";
import { useActionState, useId } from "react";
import { Button } from "#app/_components/button.tsx";
import { CONTROL_CLASS, TextField } from "#app/_components/field.tsx";
import { submitByHand } from "#app/_components/submit-by-hand.ts";
import type { Provider } from "#lib/auth/sso/provider.ts";
import { saveProviderAction } from "./actions.ts";
import { mappingsText } from "./mappings-text.ts";

/** The identity provider, and what its groups mean here. */
export function ProviderForm({ provider }: { readonly provider: Provider | null }) {
  const t = useTranslations("SignInSettings");
  const [{ errors = {}, done }, action, busy] = useActionState(saveProviderAction, {});
  const field = (name: "name" | "issuer" | "clientId" | "roleClaim" | "teamClaim", value = "") => (
    <TextField
      label={t(name)}
      hint={t.has(`hints.${name}`) ? t(`hints.${name}`) : undefined}
      name={name}
      required
      defaultValue={provider?.[name] ?? value}
      error={errors[name]}
    />
  );
  return (
    <form onSubmit={submitByHand(action)} className="flex flex-col gap-4 border-line border-t p-4">
      <Check name="isEnabled" checked={provider?.isEnabled ?? true} />
      <div className="grid gap-3 sm:grid-cols-2">
        {field("name")}
        {field("issuer")}
        {field("clientId")}
        <TextField
          label={t("clientSecret")}
          hint={t(provider === null ? "hints.newSecret" : "hints.keptSecret")}
          name="clientSecret"
          type="password"
          autoComplete="off"
          required={provider === null}
          error={errors.clientSecret}
        />
        {field("roleClaim", "groups")}
        {field("teamClaim", "groups")}
      </div>
      <Mappings text={mappingsText(provider?.mappings ?? [])} error={errors.mappings} />
      <TextField
        label={t("allowedDomains")}
        hint={t("hints.allowedDomains")}
        name="allowedDomains"
        defaultValue={provider?.allowedDomains.join(", ")}
        error={errors.allowedDomains}
      />
      <Check name="createsPeople" checked={provider?.createsPeople ?? false} />
      <div className="flex items-center gap-3">
        <Button type="submit" variant="primary" disabled={busy}>
          {t("save")}
        </Button>
        <p role="status" className="text-muted">
          {done}
        </p>
      </div>
    </form>
  );
}

function Check({
  name,
  checked,
}: {
  readonly name: "isEnabled" | "createsPeople";
  readonly checked: boolean;
}) {
  const t = useTranslations("SignInSettings");
  return (
    <label className="flex min-h-6 items-center gap-2">
      <input
        type="checkbox"
        name={name}
        defaultChecked={checked}
        className="size-4 accent-(--action)"
      />
      {t(name)}
    </label>
  );
}

function Mappings({ text, error }: { readonly text: string; readonly error: string | undefined }) {
  const t = useTranslations("SignInSettings");
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="font-medium">
        {t("mappings")}
      </label>
      <textarea
        id={id}
        name="mappings"
        rows={5}
        defaultValue={text}
        spellCheck={false}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={`${id}-note`}
        className={`${CONTROL_CLASS} h-auto py-1.5 font-mono text-xs`}
      />
      <p id={`${id}-note`} className={`text-xs ${error ? "text-danger" : "text-muted"}`}>
        {error ?? t("hints.mappings")}
      </p>
    </div>
  );
}
