"use client";

import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { Button } from "#app/_components/button.tsx";
import { TextField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { SecretBox } from "#app/_components/secret-box.tsx";
import { submitByHand } from "#app/_components/submit-by-hand.ts";
import type { TeamName } from "#app/_server/teams.ts";
import { AccessFields } from "./access-fields.tsx";
import { inviteAction } from "./invite-actions.ts";

const NOBODY = { role: "viewer", teams: [] } as const;

/** Invites somebody, who then chooses name and password. */
export function InviteForm({ teams }: { readonly teams: readonly TeamName[] }) {
  const t = useTranslations("People");
  const [state, action, busy] = useActionState(inviteAction, {});
  const { values = {}, errors = {}, link, message, done } = state;
  return (
    <Panel title={t("invite")}>
      <form onSubmit={submitByHand(action)} className="flex flex-col gap-3 p-4">
        {message !== undefined && <Notice tone="warn" title={message} />}
        <div role="status" className="empty:hidden">
          {done !== undefined && <Notice title={done} />}
        </div>
        {link !== undefined && (
          <SecretBox
            title={t("invited", { email: link.of })}
            hint={t("inviteLink")}
            secret={link.url}
            what={t("link")}
          />
        )}
        <div key={link?.url ?? done} className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
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
            {t("inviteInstead")}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
