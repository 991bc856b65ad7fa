/** The parts of an assignment, in the order of the form. */
export const ASSIGNED = ["team", "project", "environment", "workflow", "cost_center"] as const;

/**
 * The rule that a form says, still unproven. Conditions come as three lists of
 * equal length; a line without an attribute is one that nobody filled in.
 */
export function readRuleForm(form: FormData): unknown {
  const texts = (name: string) => form.getAll(name).map(String);
  const [operators, values] = [texts("operator"), texts("value")];
  const conditions = texts("attribute").flatMap((attribute, index) =>
    attribute.trim() === ""
      ? []
      : [{ attribute, operator: operators[index], value: values[index] ?? "" }],
  );
  const assign = Object.fromEntries(
    ASSIGNED.map((name) => [name, String(form.get(`assign.${name}`) ?? "").trim()] as const).filter(
      ([, value]) => value !== "",
    ),
  );
  return { name: String(form.get("name") ?? ""), conditions, assign };
}
