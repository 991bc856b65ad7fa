"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "#app/_components/button.tsx";
import { FileField } from "#app/_components/field.tsx";
import { Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { type Findings, sendFile } from "./send-file.ts";

const MOST_LINES = 20;

/** An HR export: first what it would change, then the change. */
export function ImportPanel() {
  const t = useTranslations("Members");
  const router = useRouter();
  const [file, setFile] = useState<File | null>(null);
  const [makesTeams, setMakesTeams] = useState(false);
  const [findings, setFindings] = useState<Findings | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const send = async (isRehearsal: boolean) => {
    if (file === null) return;
    setBusy(true);
    setFailure(null);
    try {
      setFindings(await sendFile(file, { isRehearsal, makesTeams }));
      if (!isRehearsal) router.refresh();
    } catch (error) {
      setFindings(null);
      setFailure(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  const check = (event: FormEvent) => {
    event.preventDefault();
    void send(true);
  };
  const isReady = findings !== null && findings.mistakes.length === 0 && !findings.applied;

  return (
    <Panel title={t("import")} note={t("importNote")}>
      <form onSubmit={check} className="flex flex-col gap-3 p-4">
        <div className="max-w-md">
          <FileField
            label={t("file")}
            accept=".csv,text/csv"
            required
            onFile={(chosen) => {
              setFile(chosen);
              setFindings(null);
            }}
          />
        </div>
        <label className="flex min-h-6 items-center gap-2">
          <input
            type="checkbox"
            checked={makesTeams}
            onChange={({ target }) => {
              setMakesTeams(target.checked);
              setFindings(null);
            }}
            className="size-4 accent-(--action)"
          />
          {t("createTeams")}
        </label>
        <p className="text-muted text-xs">{t("importHint")}</p>
        <div role="status" className="flex flex-col gap-3 empty:hidden">
          {failure !== null && <Notice tone="danger" title={failure} />}
          {findings !== null && <FindingsList findings={findings} />}
        </div>
        <div className="flex gap-2">
          <Button type="submit" disabled={busy || file === null}>
            {t("check")}
          </Button>
          {isReady && (
            <Button variant="primary" disabled={busy} onClick={() => void send(false)}>
              {t("importNow")}
            </Button>
          )}
        </div>
      </form>
    </Panel>
  );
}

function FindingsList({ findings }: { readonly findings: Findings }) {
  const t = useTranslations("Members");
  const { applied, added, changed, unchanged, new_teams, mistakes } = findings;
  const counts = {
    added: added.length,
    changed: changed.length,
    unchanged,
    teams: new_teams.length,
  };
  if (mistakes.length > 0) {
    return (
      <Notice tone="danger" title={t("mistakes", { count: mistakes.length })}>
        <ul className="figures">
          {mistakes.slice(0, MOST_LINES).map(({ line, detail }) => (
            <li key={`${line} ${detail}`}>
              {t("line", { line })} {detail}
            </li>
          ))}
        </ul>
        {mistakes.length > MOST_LINES && (
          <p>{t("andMore", { count: mistakes.length - MOST_LINES })}</p>
        )}
      </Notice>
    );
  }
  return (
    <Notice title={t(applied ? "imported" : "wouldImport", counts)}>
      <ul>
        {new_teams.slice(0, MOST_LINES).map((slug) => (
          <li key={slug}>{t("newTeam", { slug })}</li>
        ))}
        {changed.slice(0, MOST_LINES).map(({ before, after }) => (
          <li key={after.email} className="figures">
            {after.email}: {spansOf(before)} → {spansOf(after)}
          </li>
        ))}
        {added.slice(0, MOST_LINES).map((person) => (
          <li key={person.email} className="figures">
            {t("newPerson", { email: person.email })} {spansOf(person)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function spansOf({ memberships }: Findings["added"][number]): string {
  return memberships.map(({ team, from, to }) => `${team} ${from} – ${to ?? ""}`).join(", ");
}
