"use client";

import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { Button } from "#app/_components/button.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { SecretBox } from "#app/_components/secret-box.tsx";
import { submitByHand } from "#app/_components/submit-by-hand.ts";
import type { TeamName } from "#app/_server/teams.ts";
import { ROLES } from "#lib/access/viewer.ts";
import { createKeyAction } from "./actions.ts";
import { ScopeFields } from "./scope-fields.tsx";

const LIFETIMES = [0, 30, 90, 365] as const;

/** Makes a key of either kind and shows its secret this once. */
export function KeyForm({ teams }: { readonly teams: readonly TeamName[] }) {
  const t = useTranslations("Keys");
  const roles = useTranslations("Account.roles");
  const [kind, setKind] = useState<"ingest" | "api">("ingest");
  const [{ key, message }, action, busy] = useActionState(createKeyAction, {});
  return (
    <Panel title={t("new")} note={t(`kindNotes.${kind}`)}>
      <form onSubmit={submitByHand(action)} className="flex flex-col gap-3 p-4">
        {message !== undefined && <Notice tone="danger" title={message} />}
        {key !== undefined && (
          <SecretBox
            title={t("made", { kind: t(`kinds.${key.kind}`) })}
            hint={t("shownOnce")}
            secret={key.secret}
            what={t("secret")}
          />
        )}
        <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3 2xl:grid-cols-6">
          <SelectField
            label={t("kind")}
            name="kind"
            value={kind}
            onChange={({ target }) => setKind(target.value === "api" ? "api" : "ingest")}
          >
            <option value="ingest">{t("kinds.ingest")}</option>
            <option value="api">{t("kinds.api")}</option>
          </SelectField>
          <TextField key={key?.secret} label={t("label")} name="label" maxLength={80} />
          <SelectField label={t("team")} name="team" hint={t(`teamHints.${kind}`)}>
            <option value="">{t(`noTeam.${kind}`)}</option>
            {teams.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </SelectField>
          <SelectField
            label={t("role")}
            name="role"
            disabled={kind === "ingest"}
            defaultValue="viewer"
          >
            {ROLES.map((role) => (
              <option key={role} value={role}>
                {roles(role)}
              </option>
            ))}
          </SelectField>
          <SelectField
            label={t("content")}
            name="contentPolicy"
            hint={t("contentHint")}
            disabled={kind === "api"}
          >
            <option value="drop">{t("contentPolicies.drop")}</option>
            <option value="hash">{t("contentPolicies.hash")}</option>
          </SelectField>
          <SelectField label={t("expires")} name="days">
            {LIFETIMES.map((days) => (
              <option key={days} value={days}>
                {days === 0 ? t("never") : t("inDays", { days })}
              </option>
            ))}
          </SelectField>
        </div>
        <ScopeFields kind={kind} />
        <div>
          <Button type="submit" variant="primary" disabled={busy}>
            {t("make")}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
