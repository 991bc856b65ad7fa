"use client";

import { Plus, X } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { Button, buttonClass } from "#app/_components/button.tsx";
import { CONTROL_CLASS, TextField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { submitByHand } from "#app/_components/submit-by-hand.ts";
import type { TeamName } from "#app/_server/teams.ts";
import type { Member, Membership } from "#lib/organization/people.ts";
import { forgetMemberAction, saveMemberAction } from "./actions.ts";

type Line = Membership & { readonly key: number };

/** A person, and where they work from when to when. */
export function MemberForm({
  member,
  teams,
  today,
}: {
  readonly member: Member | null;
  readonly teams: readonly TeamName[];
  readonly today: string;
}) {
  const t = useTranslations("Members");
  const [state, save, busy] = useActionState(saveMemberAction, {});
  const [forgotten, forget, forgetting] = useActionState(forgetMemberAction, {});
  const [lines, setLines] = useState<readonly Line[]>(() =>
    (member?.memberships ?? [{ team: "", costCenter: null, from: today, to: null }]).map(
      (span, key) => ({ ...span, key }),
    ),
  );
  const message = state.message ?? forgotten.message;
  const add = () => {
    const key = Math.max(-1, ...lines.map((line) => line.key)) + 1;
    setLines([...lines, { key, team: "", costCenter: null, from: today, to: null }]);
  };
  return (
    <div className="flex max-w-4xl flex-col gap-5">
      {message !== undefined && <Notice tone="danger" title={message} />}
      <form onSubmit={submitByHand(save)} className="flex flex-col gap-5">
        <Panel title={t("person")}>
          <div className="grid gap-3 p-4 sm:grid-cols-3">
            <TextField
              label={t("email")}
              name="email"
              type="email"
              required
              maxLength={254}
              readOnly={member !== null}
              defaultValue={member?.email}
            />
            <TextField label={t("name")} name="name" maxLength={120} defaultValue={member?.name} />
            <TextField
              label={t("aliases")}
              name="aliases"
              hint={t("aliasesHint")}
              defaultValue={member?.aliases.join(", ")}
            />
          </div>
        </Panel>
        <Panel title={t("memberships")} note={t("membershipsNote")}>
          <div className="flex flex-col gap-3 p-4">
            {lines.map((line) => (
              <MembershipLine
                key={line.key}
                line={line}
                teams={teams}
                onRemove={() => setLines(lines.filter(({ key }) => key !== line.key))}
              />
            ))}
            <div>
              <Button onClick={add}>
                <Plus className="size-3.5" aria-hidden />
                {t("addMembership")}
              </Button>
            </div>
          </div>
        </Panel>
        <div className="flex gap-2">
          <Button type="submit" variant="primary" disabled={busy}>
            {t("save")}
          </Button>
          <Link href="/settings/members" className={buttonClass("ghost")}>
            {t("cancel")}
          </Link>
        </div>
      </form>
      {member !== null && (
        <form
          action={forget}
          className="flex flex-wrap items-center gap-3 border-line border-t pt-4"
        >
          <input type="hidden" name="email" value={member.email} />
          <Button type="submit" variant="danger" disabled={forgetting}>
            {t("forget")}
          </Button>
          <p className="text-muted text-xs">{t("forgetHint")}</p>
        </form>
      )}
    </div>
  );
}

function MembershipLine({
  line,
  teams,
  onRemove,
}: {
  readonly line: Line;
  readonly teams: readonly TeamName[];
  readonly onRemove: () => void;
}) {
  const t = useTranslations("Members");
  return (
    <div className="grid grid-cols-2 gap-2 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_9rem_9rem_2rem]">
      <select
        name="team"
        aria-label={t("team")}
        required
        defaultValue={line.team}
        className={CONTROL_CLASS}
      >
        <option value="" disabled>
          {t("chooseTeam")}
        </option>
        {teams.map(({ slug, name }) => (
          <option key={slug} value={slug}>
            {name}
          </option>
        ))}
      </select>
      <input
        name="costCenter"
        aria-label={t("costCenter")}
        placeholder={t("costCenterOfTeam")}
        maxLength={120}
        defaultValue={line.costCenter ?? ""}
        className={CONTROL_CLASS}
      />
      <input
        name="from"
        type="date"
        aria-label={t("from")}
        title={t("from")}
        required
        defaultValue={line.from}
        className={CONTROL_CLASS}
      />
      <input
        name="to"
        type="date"
        aria-label={t("to")}
        title={t("to")}
        defaultValue={line.to ?? ""}
        className={CONTROL_CLASS}
      />
      <button
        type="button"
        onClick={onRemove}
        aria-label={t("removeMembership")}
        className="grid size-8 place-items-center rounded-md text-faint hover:bg-hover hover:text-text"
      >
        <X className="size-4" aria-hidden />
      </button>
    </div>
  );
}
