import { EngineError } from './engine-error';

/** A fault to be planted: which resource fails, with what, once or always. */
export interface Fault {
  /** A resource type. */
  type?: string;
  /** A logical id. */
  logicalId?: string;
  /** What must be done to it; default: any of them. */
  action?: 'create' | 'update' | 'delete';
  /** The service's error code. */
  code: string;
  message: string;
  /** Default true: the second attempt goes through. */
  once?: boolean;
  /** How many attempts go through before it; default 0. */
  after?: number;
}

/** Planted faults. */
export class Faults {
  private readonly planted: Fault[] = [];

  plant(fault: Fault): void {
    this.planted.push({ ...fault });
  }

  clear(): void {
    this.planted.length = 0;
  }

  /** Fails when a fault was planted for this. */
  check(type: string, logicalId: string, action: 'create' | 'update' | 'delete'): void {
    const i = this.planted.findIndex(
      (f) => (f.type ?? type) === type && (f.logicalId ?? logicalId) === logicalId && (f.action ?? action) === action,
    );
    const fault = this.planted[i];
    if (!fault) return;
    if (fault.after) {
      fault.after--;
      return;
    }
    if (fault.once ?? true) this.planted.splice(i, 1);
    throw new EngineError(fault.code, fault.message);
  }
}
