import { EngineError } from '../../engine/engine-error';

/** An error as an Aliyun service words it: `InvalidVSwitchId.NotFound`, its text, and the HTTP status (default 400). */
export class AliyunError extends EngineError {}
