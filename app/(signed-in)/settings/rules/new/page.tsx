import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Notice } from "#app/_components/notice.tsx";
import { PageHeader } from "#app/_components/page-header.tsx";
import { firstOf, type PageInput } from "#app/_server/page-props.ts";
import { currentTeams } from "#app/_server/teams.ts";
import { requireViewer } from "#app/_server/viewer.ts";
import type { Condition } from "#lib/allocation/rule.ts";
import { RuleForm } from "../rule-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("Rules");
  return { title: t("new") };
}

/** What a link to this page may bring along, from spend without a team. */
const FROM_LINK = ["service", "agent", "key", "user", "model"] as const;

/** A rule to be written; conditions may be brought along in the URL. */
export default async function NewRulePage({ searchParams }: PageInput) {
  const viewer = await requireViewer();
  const [params, t, teams] = await Promise.all([
    searchParams,
    getTranslations("Rules"),
    currentTeams(),
  ]);
  const given = FROM_LINK.flatMap((attribute): Condition[] => {
    const value = firstOf(params[attribute])?.slice(0, 256);
    return value ? [{ attribute, operator: "equals", value }] : [];
  });
  const conditions: Condition[] =
    given.length > 0 ? given : [{ attribute: "service", operator: "equals", value: "" }];
  return (
    <>
      <PageHeader title={t("new")} note={t("note")} />
      {viewer.role === "admin" ? (
        <RuleForm
          id=""
          name=""
          conditions={conditions}
          assign={{}}
          holds={given.length > 0 ? "always" : "now"}
          teams={teams}
        />
      ) : (
        <Notice title={t("adminsChange")} />
      )}
    </>
  );
}
