/** All rules of an estate. The order is that of the documentation; findings are sorted by place. */
import type { Finding } from '../findings/finding';
import type { Estate } from '../model/model';
import { addressesAreDisjoint } from './addresses/addresses-are-disjoint';
import { addressesComeFromPools } from './addresses/addresses-come-from-pools';
import { blocksAvoidServices } from './addresses/blocks-avoid-services';
import { blocksHoldTheZones } from './addresses/blocks-hold-the-zones';
import { carriedContainersHaveAddresses } from './addresses/carried-containers-have-addresses';
import { containerPoolIsPrivate } from './addresses/container-pool-is-private';
import { containerRangesFit } from './addresses/container-ranges-fit';
import { memberAddressesAreDisjoint } from './addresses/member-addresses-are-disjoint';
import { membersFitTheirSubnet } from './addresses/members-fit-their-subnet';
import { poolsAreApart } from './addresses/pools-are-apart';
import { prefixesFitTheInterface } from './addresses/prefixes-fit-the-interface';
import { prefixesFitTheSubnet } from './addresses/prefixes-fit-the-subnet';
import { prefixesNeedNitro } from './addresses/prefixes-need-nitro';
import { rangesAreUsable } from './addresses/ranges-are-usable';
import { zonesHavePlacesOfTheirOwn } from './addresses/zones-have-places-of-their-own';
import { artifactsAreLocked } from './fleets/artifacts-are-locked';
import { containerSettingsSuitTheMode } from './fleets/container-settings-suit-the-mode';
import { elasticHostsDrain } from './fleets/elastic-hosts-drain';
import { elasticSizesAreInOrder } from './fleets/elastic-sizes-are-in-order';
import { etcdVotersExist } from './fleets/etcd-voters-exist';
import { fleetZonesAreTheRegions } from './fleets/fleet-zones-are-the-regions';
import { imagesAreLocked } from './fleets/images-are-locked';
import { imagesAreYoung } from './fleets/images-are-young';
import { imagesMatchTheArchitecture } from './fleets/images-match-the-architecture';
import { instanceTypesExist } from './fleets/instance-types-exist';
import { membersAreNeverReplaced } from './fleets/members-are-never-replaced';
import { membersArePinned } from './fleets/members-are-pinned';
import { membersGoDownFewAtATime } from './fleets/members-go-down-few-at-a-time';
import { membersHaveGates } from './fleets/members-have-gates';
import { membersKeepTheirData } from './fleets/members-keep-their-data';
import { nothingNewInALostZone } from './fleets/nothing-new-in-a-lost-zone';
import { onlyMembersRecover } from './fleets/only-members-recover';
import { pinnedImagesHaveIds } from './fleets/pinned-images-have-ids';
import { pinnedMembersAreDescribed } from './fleets/pinned-members-are-described';
import { portsDontClash } from './fleets/ports-dont-clash';
import { processorsMatchTheImage } from './fleets/processors-match-the-image';
import { profileRequirementsAreMet } from './fleets/profile-requirements-are-met';
import { profileVolumesStay } from './fleets/profile-volumes-stay';
import { profilesExist } from './fleets/profiles-exist';
import { removedMembersWereCounted } from './fleets/removed-members-were-counted';
import { rootDisksHoldTheirImage } from './fleets/root-disks-hold-their-image';
import { tokensAreIssued } from './fleets/tokens-are-issued';
import { tokensAreUsedOnce } from './fleets/tokens-are-used-once';
import { unitTemplatesHaveInstances } from './fleets/unit-templates-have-instances';
import { unitsMatchSomeHost } from './fleets/units-match-some-host';
import { volumesAreComplete } from './fleets/volumes-are-complete';
import { volumesAreSeen } from './fleets/volumes-are-seen';
import { volumesHaveSerials } from './fleets/volumes-have-serials';
import { volumesHaveTheirOwnPlace } from './fleets/volumes-have-their-own-place';
import { volumesPerformAsTheirType } from './fleets/volumes-perform-as-their-type';
import { votersAreThreeOrFive } from './fleets/voters-are-three-or-five';
import { votersSurviveAZone } from './fleets/voters-survive-a-zone';
import { idcBondsHaveASwitchAPort } from './idc/idc-bonds-have-a-switch-a-port';
import { idcHostsFit } from './idc/idc-hosts-fit';
import { idcPortsHaveNamesOfTheirOwn } from './idc/idc-ports-have-names-of-their-own';
import { idcRangesAreApart } from './idc/idc-ranges-are-apart';
import { idcRoutersAreJoined } from './idc/idc-routers-are-joined';
import { idcUnitsAreApart } from './idc/idc-units-are-apart';
import { idcVlansAreDistinct } from './idc/idc-vlans-are-distinct';
import { racksHaveTwoRouters } from './idc/racks-have-two-routers';
import { racksJoinClusters } from './idc/racks-join-clusters';
import { racksTakeTheTime } from './idc/racks-take-the-time';
import { brokersSurviveAZone } from './kafka/brokers-survive-a-zone';
import { centralNamesARegion } from './kafka/central-names-a-region';
import { collectionLoadsArePossible } from './kafka/collection-loads-are-possible';
import { collectionsAreCarriedOnce } from './kafka/collections-are-carried-once';
import { collectionsReachTheirCentral } from './kafka/collections-reach-their-central';
import { copiesHaveBrokers } from './kafka/copies-have-brokers';
import { copiesOutliveABroker } from './kafka/copies-outlive-a-broker';
import { frontEndsAndMirrorsAreNamed } from './kafka/front-ends-and-mirrors-are-named';
import { kafkaFleetsExist } from './kafka/kafka-fleets-exist';
import { oneCollectionARegion } from './kafka/one-collection-a-region';
import { smallCollectionsAreKnown } from './kafka/small-collections-are-known';
import { topicNamesAreApart } from './kafka/topic-names-are-apart';
import { alarmsOfLinksTellSomebody } from './links/alarms-of-links-tell-somebody';
import { allowedPrefixesAreWhatIsRouted } from './links/allowed-prefixes-are-what-is-routed';
import { asNumbersAreDistinct } from './links/as-numbers-are-distinct';
import { asNumbersAreUsable } from './links/as-numbers-are-usable';
import { carriedRangesLieInTheirPlace } from './links/carried-ranges-lie-in-their-place';
import { gatewaysHaveAsNumbers } from './links/gateways-have-as-numbers';
import { gatewaysHoldTheirLinks } from './links/gateways-hold-their-links';
import { lineNetworksAreApart } from './links/line-networks-are-apart';
import { lineNetworksHaveTwoAddresses } from './links/line-networks-have-two-addresses';
import { linesComeInByGateways } from './links/lines-come-in-by-gateways';
import { linesEndAtRouters } from './links/lines-end-at-routers';
import { linesEndAtTwoLocations } from './links/lines-end-at-two-locations';
import { linesHaveAFallback } from './links/lines-have-a-fallback';
import { linesHavePortsOfTheirOwn } from './links/lines-have-ports-of-their-own';
import { linesSayWhichGoesFirst } from './links/lines-say-which-goes-first';
import { linesSuitTheirCloud } from './links/lines-suit-their-cloud';
import { linkEndsExist } from './links/link-ends-exist';
import { linkQuotasHold } from './links/link-quotas-hold';
import { linksCarryBothWays } from './links/links-carry-both-ways';
import { linksJoinTwoPlaces } from './links/links-join-two-places';
import { linksStayInTheirAccount } from './links/links-stay-in-their-account';
import { linksStayInTheirCloud } from './links/links-stay-in-their-cloud';
import { linksStayInTheirPartition } from './links/links-stay-in-their-partition';
import { linksSuitTheirEnds } from './links/links-suit-their-ends';
import { packetSizesAreAlike } from './links/packet-sizes-are-alike';
import { pairsAreJoinedOnce } from './links/pairs-are-joined-once';
import { peeringCarriesOwnAddresses } from './links/peering-carries-own-addresses';
import { routesFitTheSystemTable } from './links/routes-fit-the-system-table';
import { throughJoinsBothEnds } from './links/through-joins-both-ends';
import { transitRoutersHaveANetwork } from './links/transit-routers-have-a-network';
import { waysOutEndAtTwoRouters } from './links/ways-out-end-at-two-routers';
import { accountIsKnown } from './regions/account-is-known';
import { arnsLieInTheirPartition } from './regions/arns-lie-in-their-partition';
import { containerModesSuitTheCloud } from './regions/container-modes-suit-the-cloud';
import { filesAreCalledLikeTheirRegion } from './regions/files-are-called-like-their-region';
import { gatewaysSurviveAZone } from './regions/gateways-survive-a-zone';
import { generationsNeverFall } from './regions/generations-never-fall';
import { hostsAreCalledApart } from './regions/hosts-are-called-apart';
import { hostsReachTheirUrls } from './regions/hosts-reach-their-urls';
import { hostsThatFailAreToldOf } from './regions/hosts-that-fail-are-told-of';
import { namesAreDistinct } from './regions/names-are-distinct';
import { namesFit } from './regions/names-fit';
import { namesMakeIdsOfTheirOwn } from './regions/names-make-ids-of-their-own';
import { noZoneIsLost } from './regions/no-zone-is-lost';
import { partitionMatchesRegion } from './regions/partition-matches-region';
import { quotasHold } from './regions/quotas-hold';
import { regionQuotasHold } from './regions/region-quotas-hold';
import { regionsAreDescribedOnce } from './regions/regions-are-described-once';
import { regionsExist } from './regions/regions-exist';
import { settingsSuitTheCloud } from './regions/settings-suit-the-cloud';
import { stacksStayUnderTheirLimit } from './regions/stacks-stay-under-their-limit';
import { zonesExist } from './regions/zones-exist';
import { type Rule, type RuleContext, runRule } from './rule';
import { acceptancesAcceptSomething } from './standing/acceptances-accept-something';
import { lockRegionsAreDescribed, lostRegions } from './standing/lock-regions-are-described';
import { locksRememberWhatStands } from './standing/locks-remember-what-stands';
import { standingRules } from './standing/rules';
import { tagKeysAreTaken } from './tags/tag-keys-are-taken';
import { tagKeysDiffer } from './tags/tag-keys-differ';
import { tagValuesAreTaken } from './tags/tag-values-are-taken';
import { tagsFitOnAResource } from './tags/tags-fit-on-a-resource';

export const rules: readonly Rule[] = [
  poolsAreApart,
  addressesComeFromPools,
  addressesAreDisjoint,
  blocksHoldTheZones,
  rangesAreUsable,
  blocksAvoidServices,
  containerPoolIsPrivate,
  containerRangesFit,
  containerSettingsSuitTheMode,
  filesAreCalledLikeTheirRegion,
  regionsExist,
  regionsAreDescribedOnce,
  zonesExist,
  noZoneIsLost,
  zonesHavePlacesOfTheirOwn,
  fleetZonesAreTheRegions,
  partitionMatchesRegion,
  arnsLieInTheirPartition,
  accountIsKnown,
  hostsReachTheirUrls,
  centralNamesARegion,
  settingsSuitTheCloud,
  containerModesSuitTheCloud,
  namesFit,
  namesAreDistinct,
  hostsAreCalledApart,
  namesMakeIdsOfTheirOwn,
  tagKeysAreTaken,
  tagValuesAreTaken,
  tagKeysDiffer,
  tagsFitOnAResource,
  linkEndsExist,
  linksJoinTwoPlaces,
  linksSuitTheirEnds,
  pairsAreJoinedOnce,
  linksStayInTheirCloud,
  linksStayInTheirPartition,
  linksStayInTheirAccount,
  throughJoinsBothEnds,
  linksCarryBothWays,
  carriedContainersHaveAddresses,
  carriedRangesLieInTheirPlace,
  peeringCarriesOwnAddresses,
  packetSizesAreAlike,
  alarmsOfLinksTellSomebody,
  hostsThatFailAreToldOf,
  linkQuotasHold,
  routesFitTheSystemTable,
  linesEndAtRouters,
  linesHavePortsOfTheirOwn,
  linesSuitTheirCloud,
  linesHaveAFallback,
  waysOutEndAtTwoRouters,
  linesEndAtTwoLocations,
  lineNetworksHaveTwoAddresses,
  lineNetworksAreApart,
  allowedPrefixesAreWhatIsRouted,
  linesComeInByGateways,
  gatewaysHoldTheirLinks,
  linesSayWhichGoesFirst,
  gatewaysHaveAsNumbers,
  transitRoutersHaveANetwork,
  asNumbersAreDistinct,
  asNumbersAreUsable,
  idcRangesAreApart,
  idcVlansAreDistinct,
  idcHostsFit,
  idcRoutersAreJoined,
  racksHaveTwoRouters,
  idcBondsHaveASwitchAPort,
  idcPortsHaveNamesOfTheirOwn,
  idcUnitsAreApart,
  racksJoinClusters,
  racksTakeTheTime,
  quotasHold,
  regionQuotasHold,
  gatewaysSurviveAZone,
  stacksStayUnderTheirLimit,
  instanceTypesExist,
  processorsMatchTheImage,
  membersKeepTheirData,
  volumesHaveSerials,
  prefixesNeedNitro,
  prefixesFitTheInterface,
  prefixesFitTheSubnet,
  votersAreThreeOrFive,
  votersSurviveAZone,
  etcdVotersExist,
  oneCollectionARegion,
  kafkaFleetsExist,
  frontEndsAndMirrorsAreNamed,
  smallCollectionsAreKnown,
  collectionLoadsArePossible,
  copiesHaveBrokers,
  copiesOutliveABroker,
  brokersSurviveAZone,
  topicNamesAreApart,
  collectionsAreCarriedOnce,
  collectionsReachTheirCentral,
  tokensAreIssued,
  tokensAreUsedOnce,
  generationsNeverFall,
  ...standingRules,
  acceptancesAcceptSomething,
  locksRememberWhatStands,
  lockRegionsAreDescribed,
  membersFitTheirSubnet,
  memberAddressesAreDisjoint,
  removedMembersWereCounted,
  membersArePinned,
  nothingNewInALostZone,
  pinnedMembersAreDescribed,
  pinnedImagesHaveIds,
  membersAreNeverReplaced,
  membersGoDownFewAtATime,
  membersHaveGates,
  volumesAreComplete,
  profileVolumesStay,
  volumesHaveTheirOwnPlace,
  volumesAreSeen,
  volumesPerformAsTheirType,
  rootDisksHoldTheirImage,
  elasticSizesAreInOrder,
  elasticHostsDrain,
  onlyMembersRecover,
  imagesAreLocked,
  imagesMatchTheArchitecture,
  imagesAreYoung,
  profilesExist,
  profileRequirementsAreMet,
  artifactsAreLocked,
  portsDontClash,
  unitsMatchSomeHost,
  unitTemplatesHaveInstances,
];

/** Runs all rules. */
export function checkRules(estate: Estate, context: RuleContext): Finding[] {
  const unread = new Set([...(context.unread ?? []), ...lostRegions(estate, context.files ?? [])]);
  return rules.flatMap((rule) => runRule(rule, estate, { ...context, unread }));
}
