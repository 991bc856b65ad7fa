import { requireRole } from "#app/_server/viewer.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { AppError } from "#lib/errors.ts";

/** @throws {AppError} "forbidden" unless the viewer may change prices: admins and finance who see all teams. */
export async function requirePriceEditor(): Promise<Viewer> {
  const viewer = await requireRole("admin", "finance");
  if (viewer.teams === "all") return viewer;
  throw new AppError("Prices are for those who see all teams", { code: "forbidden" });
}
