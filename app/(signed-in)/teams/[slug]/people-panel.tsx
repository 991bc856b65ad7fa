import { getTranslations } from "next-intl/server";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import type { PageQuery } from "#app/_query/page-query.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { GroupPanel } from "../../overview/group-panel.tsx";

/** Who spent it, where the viewer may know and the team is large enough. */
export async function PeoplePanel({
  viewer,
  slug,
  query,
}: {
  readonly viewer: Viewer;
  readonly slug: string;
  readonly query: PageQuery;
}) {
  const { persons } = viewer;
  const sees = persons === "all" || (persons !== "none" && persons.inTeams.includes(slug));
  if (sees) {
    return <GroupPanel scope={viewer} query={query} dimension="user" />;
  }
  const t = await getTranslations("TeamPages");
  return (
    <Panel title={t("people")}>
      <Empty title={t("noPeople")}>{t("noPeopleHint")}</Empty>
    </Panel>
  );
}
