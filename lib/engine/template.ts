import type { Json, JsonObject } from './json';

/** A resource as the template declares it. */
export interface TemplateResource {
  Type: string;
  Properties?: JsonObject;
  DependsOn?: string | string[];
  Condition?: string;
  Metadata?: Json;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
  CreationPolicy?: JsonObject;
  UpdatePolicy?: JsonObject;
}

/** A template with its sections. */
export interface Template {
  Description?: string;
  Parameters: Record<string, JsonObject>;
  Rules: Record<string, JsonObject>;
  Mappings: Record<string, JsonObject>;
  Conditions: Record<string, Json>;
  Resources: Record<string, TemplateResource>;
  Outputs: Record<string, JsonObject>;
}
