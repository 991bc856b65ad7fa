"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { SecretBox } from "#app/_components/secret-box.tsx";
import { submitByHand } from "#app/_components/submit-by-hand.ts";
import type { TeamName } from "#app/_server/teams.ts";
import { AccessFields } from "./access-fields.tsx";
import { createPersonAction } from "./actions.ts";

const NOBODY = { role: "viewer", teams: [] } as const;

/** Lets a person in. */
export function PersonForm({ teams }: { readonly teams: readonly TeamName[] }) {
  const t = useTranslations("People");
  const [state, action, busy] = useActionState(createPersonAction, {});
  const { values = {}, errors = {}, password } = state;
  return (
    <Panel title={t("new")} note={t("newNote")}>
      <form onSubmit={submitByHand(action)} className="flex flex-col gap-3 p-4">
        {password !== undefined && (
          <SecretBox
            title={t("passwordOf", { email: password.of })}
            hint={t("shownOnce")}
            secret={password.secret}
            what={t("password")}
          />
        )}
        {/* Whoever was created leaves empty fields for the next. */}
        <div key={password?.secret} className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
          <TextField
            label={t("name")}
            name="name"
            required
            maxLength={120}
            autoComplete="off"
            defaultValue={values.name}
            error={errors.name}
          />
          <TextField
            label={t("email")}
            name="email"
            type="email"
            required
            maxLength={254}
            autoComplete="off"
            defaultValue={values.email}
            error={errors.email}
          />
          <AccessFields teams={teams} given={NOBODY} />
        </div>
        <div>
          <Button type="submit" variant="primary" disabled={busy}>
            {t("create")}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
