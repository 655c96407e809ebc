/** The properties of one resource type that an update changes in place, with the title of the page that says so ("Editable: Yes"). */
export interface EditTable {
  /** Title of the type's page under "Resource types", Resource Orchestration Service. */
  page: string;
  editable: readonly string[];
  /** Editable, but what it is stops for a moment. */
  interrupting?: readonly string[];
}

/** A table of one type, named as its page is. */
export const edits = (
  page: string,
  editable: readonly string[],
  interrupting?: readonly string[],
): Record<string, EditTable> => ({
  [page]: { page, editable, interrupting },
});
