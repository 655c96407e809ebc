/**
 * Which systemd reads the units of hosts, and since when it knows what is newer than the oldest of them ("systemd.unit", "systemd.service",
 * "systemd.exec", "systemd.resource-control", "systemd.kill", "systemd.timer", "systemd.path": "Added in version"; NEWS), as of 2026-12-01.
 * A name that isn't here is older, or isn't known to this version.
 */

/**
 * The least version that images of a reader have. `coreos`: Flatcar's oldest supported channel, and Debian 12 on routers (252).
 * `cloud-init`: Alibaba Cloud Linux 3 (239); Debian 12 has 252, Ubuntu 22.04 249, 24.04 255.
 */
export const LEAST_SYSTEMD = { coreos: 252, 'cloud-init': 239 } as const;

/**
 * By version: settings that do something, so that a unit is another one where they are passed over. Those that only take rights away are
 * left out, for without them a unit runs as it should: ProtectHostname and RestrictSUIDSGID (242), ProtectKernelLogs (244), ProtectClock
 * (245), ProtectProc, ProcSubset and SystemCallLog (247), PrivateIPC and NoExecPaths (248), SocketBind* (249), RestrictFileSystems (250).
 */
const DOES: Readonly<Record<number, string>> = {
  240: 'FinalKillSignal WatchdogSignal MemoryMin IODeviceLatencyTargetSec DisableControllers SuccessActionExitStatus FailureActionExitStatus',
  242: 'NetworkNamespacePath CPUQuotaPeriodSec OnClockChange OnTimezoneChange',
  243: 'ExecCondition TimeoutAbortSec OOMPolicy NUMAPolicy NUMAMask DefaultMemoryMin DefaultMemoryLow IPIngressFilterPath IPEgressFilterPath',
  244: 'TimeoutCleanSec RestartKillSignal AllowedCPUs AllowedMemoryNodes ConditionMemory ConditionCPUs AssertMemory AssertCPUs',
  245: 'LogNamespace',
  246: 'TimeoutStartFailureMode TimeoutStopFailureMode CoredumpFilter RootHash RootHashSignature RootVerity ConditionEnvironment ConditionPathIsEncrypted',
  247: 'LoadCredential SetCredential RootImageOptions MountImages FixedRandomDelay ManagedOOMSwap ManagedOOMMemoryPressure ManagedOOMMemoryPressureLimit',
  248: 'ExtensionImages IPCNamespacePath ManagedOOMPreference ConditionCPUFeature',
  249: 'OnSuccess Upholds PropagatesStopTo StopPropagatedFrom BPFProgram ConditionFirmware ConditionOSRelease',
  250: 'ExitType ExecSearchPath LoadCredentialEncrypted SetCredentialEncrypted TriggerLimitIntervalSec TriggerLimitBurst ConditionMemoryPressure ConditionCPUPressure ConditionIOPressure TTYRows TTYColumns',
  251: 'ExtensionDirectories',
  252: 'StartupAllowedCPUs StartupAllowedMemoryNodes ConditionCredential',
  253: 'ReloadSignal OpenFile LogFilterPatterns MemoryZSwapMax',
  254: 'RestartMode RestartSteps RestartMaxDelaySec FileDescriptorStorePreserve RootEphemeral ImportCredential DelegateSubgroup MemoryKSM MemoryPressureWatch ConditionKernelModuleLoaded',
  255: 'SetLoginEnvironment SurviveFinalKillSignal NFTSet CoredumpReceive',
  256: 'WantsMountsFor MemoryZSwapWriteback',
  257: 'DeferReactivation PrivatePIDs',
  258: 'ConditionVersion',
};

/** What one of the values of a setting is known since; of `Type=`. */
const TYPES: Readonly<Record<string, number>> = { exec: 240, 'notify-reload': 253 };

const SINCE: ReadonlyMap<string, number> = new Map(
  Object.entries(DOES).flatMap(([version, names]) => names.split(' ').map((name) => [name, Number(version)])),
);

/** Version that a setting of a unit needs to do what it says; undefined where that is older than all images, or not known. */
export function neededSystemd(name: string, value: string): number | undefined {
  return (name === 'Type' ? TYPES[value] : undefined) ?? SINCE.get(name);
}
