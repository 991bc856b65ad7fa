/** Segments of attribute names that say who somebody is, as in `user.email` or `enduser_id`. */
const PERSON_SEGMENT =
  /^(end)?users?(id|name)?$|^(e?mail|email_?address|person|people|login|account|owner|author|actor|member|employee|developer|engineer|identity|principal|sub|subject|upn|assignee|operator)s?$/;
const EMAIL = /[^\s@]+@[^\s@]+\.[^\s@]+/;

/** The attributes without those that tell the person, for viewers who may not know. */
export function withoutPersons(
  attributes: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(attributes).filter(
      ([name, value]) =>
        !(typeof value === "string" && EMAIL.test(value)) &&
        !name
          .replace(/([a-z])([A-Z])/g, "$1.$2")
          .toLowerCase()
          .split(/[._:/-]/)
          .some((segment) => PERSON_SEGMENT.test(segment)),
    ),
  );
}
