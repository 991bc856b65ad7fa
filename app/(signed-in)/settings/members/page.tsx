import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Button, buttonClass } from "#app/_components/button.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { SelectField, TextField } from "#app/_components/field.tsx";
import { Empty, Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { context, requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { firstOf, type PageInput } from "#app/_server/page-props.ts";
import { currentTeams } from "#app/_server/teams.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { dayOf } from "#lib/organization/organization-day.ts";
import { listPeople, type Member } from "#lib/organization/people.ts";
import { ImportPanel } from "./import-panel.tsx";

const PAGE = 100;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Members");
  return { title: t("title") };
}

/** Who works where, from when to when. */
export default async function MembersPage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const [t, params, now, { timeZone }, teams] = await Promise.all([
    getTranslations("Members"),
    searchParams,
    requestTime(),
    currentOrganization(),
    currentTeams(),
  ]);
  if (viewer.teams !== "all" || !["admin", "finance"].includes(viewer.role)) {
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice title={t("notAllowed")} />
      </>
    );
  }
  const [search = "", team = "", after = ""] = ["q", "team", "after"].map((name) =>
    firstOf(params[name])?.slice(0, 200),
  );
  const found = await listPeople(context().sql, viewer, { search, team, after, limit: PAGE + 1 });
  const people = found.slice(0, PAGE);
  const last = found.length > PAGE ? people.at(-1) : undefined;
  const mayChange = viewer.role === "admin";
  return (
    <>
      <PageHeader title={t("title")} note={t("note")}>
        {mayChange && (
          <Link href="/settings/members/new" className={buttonClass("primary")}>
            {t("new")}
          </Link>
        )}
      </PageHeader>
      <Panel title={t("title")} actions={<CsvLink href="/api/v1/people.csv" what={t("title")} />}>
        <form className="flex flex-wrap items-end gap-3 border-line border-b px-4 py-3">
          <TextField label={t("search")} name="q" type="search" defaultValue={search} />
          <SelectField label={t("team")} name="team" defaultValue={team}>
            <option value="">{t("anyTeam")}</option>
            {teams.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </SelectField>
          <Button type="submit">{t("find")}</Button>
        </form>
        {people.length === 0 ? (
          <Empty title={t(search || team ? "nobodyFound" : "none")}>{t("noneHint")}</Empty>
        ) : (
          <PeopleTable
            people={people}
            today={dayOf(now.getTime(), timeZone)}
            mayChange={mayChange}
          />
        )}
        {last !== undefined && (
          <div className="px-4 py-3">
            <Link
              href={`/settings/members?${new URLSearchParams({ q: search, team, after: last.email })}`}
              className={buttonClass()}
            >
              {t("more")}
            </Link>
          </div>
        )}
      </Panel>
      {mayChange && <ImportPanel />}
    </>
  );
}

async function PeopleTable({
  people,
  today,
  mayChange,
}: {
  readonly people: readonly Member[];
  readonly today: string;
  readonly mayChange: boolean;
}) {
  const t = await getTranslations("Members");
  return (
    <Table caption={t("title")}>
      <thead>
        <tr>
          <HeadCell>{t("person")}</HeadCell>
          <HeadCell>{t("aliases")}</HeadCell>
          <HeadCell>{t("teamNow")}</HeadCell>
          <HeadCell>{t("costCenter")}</HeadCell>
          <HeadCell>{t("history")}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {people.map(({ email, name, aliases, memberships }) => {
          const now = memberships.find(
            ({ from, to }) => from <= today && (to === null || today < to),
          );
          return (
            <Row key={email}>
              <RowHead className="min-w-48 py-2">
                {mayChange ? (
                  <Link
                    href={`/settings/members/${encodeURIComponent(email)}`}
                    className="inline-flex min-h-6 items-center underline-offset-2 hover:underline"
                  >
                    {name || email}
                  </Link>
                ) : (
                  name || email
                )}
                {name !== "" && <p className="text-muted text-xs">{email}</p>}
              </RowHead>
              <Cell className="max-w-56 truncate text-muted" title={aliases.join(", ")}>
                {aliases.join(", ") || "–"}
              </Cell>
              <Cell>{now?.team ?? <span className="text-faint">–</span>}</Cell>
              <Cell>{now?.costCenter ?? <span className="text-faint">–</span>}</Cell>
              <Cell className="min-w-56 py-2">
                {memberships.map(({ team, from, to }) => (
                  <p key={from} className="figures text-muted text-xs">
                    {from} – {to ?? t("open")} <span className="text-text">{team}</span>
                  </p>
                ))}
              </Cell>
            </Row>
          );
        })}
      </tbody>
    </Table>
  );
}
