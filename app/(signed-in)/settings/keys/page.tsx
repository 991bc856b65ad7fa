import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { ConfirmFirst } from "#app/_components/confirm-first.tsx";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { Empty, Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import { context, requestTime } from "#app/_server/context.ts";
import { currentOrganization } from "#app/_server/organization.ts";
import { currentTeams } from "#app/_server/teams.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import { type KeyInfo, listKeys } from "#lib/access/list-keys.ts";
import { ContentPolicySelect } from "./content-policy-select.tsx";
import { KeyForm } from "./key-form.tsx";
import { RevokeButton } from "./revoke-button.tsx";
import { RotateButton } from "./rotate-button.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Keys");
  return { title: t("title") };
}

/** All keys that may reach us, newest first; never their secrets. */
export default async function KeysPage() {
  const viewer = await requireViewer();
  const t = await getTranslations("Keys");
  if (viewer.role !== "admin") {
    return (
      <>
        <PageHeader title={t("title")} />
        <Notice title={t("adminsOnly")} />
      </>
    );
  }
  return (
    <>
      <PageHeader title={t("title")} note={t("note")} />
      <ConfirmFirst viewer={viewer} path="/settings/keys" />
      <KeyForm teams={await currentTeams()} />
      <KeyList />
    </>
  );
}

async function KeyList() {
  const now = await requestTime();
  const [keys, { timeZone }, locale, t, roles] = await Promise.all([
    listKeys(context().sql, now),
    currentOrganization(),
    getLocale(),
    getTranslations("Keys"),
    getTranslations("Account.roles"),
  ]);
  const moment = (at: Date | null) => (at === null ? "–" : formatMoment(at, locale, timeZone));
  return (
    <Panel
      title={t("title")}
      actions={<CsvLink href="/api/v1/export/keys.csv" what={t("title")} />}
    >
      {keys.length === 0 ? (
        <Empty title={t("none")} />
      ) : (
        <Table caption={t("title")}>
          <thead>
            <tr>
              <HeadCell>{t("label")}</HeadCell>
              <HeadCell>{t("kind")}</HeadCell>
              <HeadCell>{t("team")}</HeadCell>
              <HeadCell>{t("content")}</HeadCell>
              <HeadCell className="hidden md:table-cell">{t("id")}</HeadCell>
              <HeadCell className="hidden lg:table-cell">{t("expires")}</HeadCell>
              <HeadCell>{t("lastUsed")}</HeadCell>
              <HeadCell>{t("state")}</HeadCell>
              <HeadCell>
                <span className="sr-only">{t("manage")}</span>
              </HeadCell>
            </tr>
          </thead>
          <tbody>
            {keys.map((key) => (
              <Row key={key.id}>
                <RowHead>{key.label || <span className="text-faint">{t("noLabel")}</span>}</RowHead>
                <Cell>
                  {t(`kinds.${key.kind}`)}
                  {key.role !== null && <span className="text-muted"> {roles(key.role)}</span>}
                  <span className="block text-faint text-xs">
                    {key.scopes.map((scope) => t(`scopeNames.${scope}`)).join(", ")}
                  </span>
                </Cell>
                <Cell>{key.team ?? "–"}</Cell>
                <Cell>
                  <KeptContent of={key} isActive={key.state === "active"} />
                </Cell>
                <Cell className="hidden md:table-cell">
                  <code className="font-mono text-xs">{key.id}</code>
                  <span className="figures block whitespace-nowrap text-faint text-xs">
                    {t("created")} {moment(key.createdAt)}
                  </span>
                </Cell>
                <Cell className="figures hidden whitespace-nowrap text-muted lg:table-cell">
                  {key.expiresAt === null ? t("never") : moment(key.expiresAt)}
                </Cell>
                <Cell className="figures whitespace-nowrap">{moment(key.lastUsedAt)}</Cell>
                <Cell>
                  {t(`states.${key.state}`)}
                  {key.state === "active" && key.previousUntil !== null && (
                    <span className="block text-warn text-xs">
                      {t("oldUntil", { until: moment(key.previousUntil) })}
                    </span>
                  )}
                </Cell>
                <Cell className="text-right">
                  {key.state === "active" && (
                    <span className="inline-flex">
                      <RotateButton id={key.id} label={key.label || key.id} />
                      <RevokeButton id={key.id} label={key.label || key.id} />
                    </span>
                  )}
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}

function KeptContent({ of: key, isActive }: { readonly of: KeyInfo; readonly isActive: boolean }) {
  const t = useTranslations("Keys");
  if (key.kind === "api") return "–";
  const { id, label, contentPolicy } = key;
  if (!isActive) return t(`contentPolicies.${contentPolicy}`);
  return <ContentPolicySelect id={id} label={label || id} policy={contentPolicy} />;
}
