import { apiRoute } from "../_lib/api-route.ts";
import { fileAnswer } from "../_lib/file-answer.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/kpis.csv", {
  GET: (call) => fileAnswer(call, "kpis", "csv"),
});
