"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { createFirstAdminAction, type SetupState } from "./actions.ts";

const EMPTY: SetupState = { values: { name: "", email: "" }, errors: {} };

export function SetupForm({ token }: { readonly token: string }) {
  const t = useTranslations("Setup");
  const [state, action, busy] = useActionState(createFirstAdminAction, EMPTY);
  return (
    <form action={action} className="flex flex-col gap-4">
      {state.message && <Notice tone="danger" title={state.message} />}
      <input type="hidden" name="token" value={token} />
      <TextField
        label={t("name")}
        name="name"
        autoComplete="name"
        required
        autoFocus
        defaultValue={state.values.name}
        error={state.errors.name}
      />
      <TextField
        label={t("email")}
        name="email"
        type="email"
        autoComplete="username"
        required
        defaultValue={state.values.email}
        error={state.errors.email}
      />
      <TextField
        label={t("password")}
        name="password"
        type="password"
        autoComplete="new-password"
        required
        minLength={8}
        hint={t("passwordHint")}
        error={state.errors.password}
      />
      <Button type="submit" variant="primary" disabled={busy}>
        {t("submit")}
      </Button>
    </form>
  );
}
