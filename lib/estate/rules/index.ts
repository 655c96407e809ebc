/** All rules of an estate. The order is that of the documentation; findings are sorted by place. */
import type { Finding } from '../finding';
import type { Estate } from '../model';
import { accountIsKnown } from './account-is-known';
import { addressesAreDisjoint } from './addresses-are-disjoint';
import { addressesComeFromPools } from './addresses-come-from-pools';
import { allowedPrefixesAreWhatIsRouted } from './allowed-prefixes-are-what-is-routed';
import { artifactsAreLocked } from './artifacts-are-locked';
import { asNumbersAreDistinct } from './as-numbers-are-distinct';
import { asNumbersAreUsable } from './as-numbers-are-usable';
import { blocksHoldTheZones } from './blocks-hold-the-zones';
import { brokersSurviveAZone } from './brokers-survive-a-zone';
import { carriedContainersHaveAddresses } from './carried-containers-have-addresses';
import { carriedRangesLieInTheirPlace } from './carried-ranges-lie-in-their-place';
import { centralNamesARegion } from './central-names-a-region';
import { collectionLoadsArePossible } from './collection-loads-are-possible';
import { collectionsAreCarriedOnce } from './collections-are-carried-once';
import { collectionsReachTheirCentral } from './collections-reach-their-central';
import { containerModesSuitTheCloud } from './container-modes-suit-the-cloud';
import { containerPoolIsPrivate } from './container-pool-is-private';
import { containerRangesFit } from './container-ranges-fit';
import { containerSettingsSuitTheMode } from './container-settings-suit-the-mode';
import { copiesHaveBrokers } from './copies-have-brokers';
import { copiesOutliveABroker } from './copies-outlive-a-broker';
import { elasticHostsDrain } from './elastic-hosts-drain';
import { elasticSizesAreInOrder } from './elastic-sizes-are-in-order';
import { etcdVotersExist } from './etcd-voters-exist';
import { fleetZonesAreTheRegions } from './fleet-zones-are-the-regions';
import { frontEndsAndMirrorsAreNamed } from './front-ends-and-mirrors-are-named';
import { gatewaysHaveAsNumbers } from './gateways-have-as-numbers';
import { generationsNeverFall } from './generations-never-fall';
import { idcBondsHaveASwitchAPort } from './idc-bonds-have-a-switch-a-port';
import { idcHostsFit } from './idc-hosts-fit';
import { idcRangesAreApart } from './idc-ranges-are-apart';
import { idcRoutersAreJoined } from './idc-routers-are-joined';
import { idcVlansAreDistinct } from './idc-vlans-are-distinct';
import { imagesAreLocked } from './images-are-locked';
import { imagesAreYoung } from './images-are-young';
import { imagesMatchTheArchitecture } from './images-match-the-architecture';
import { instanceTypesExist } from './instance-types-exist';
import { kafkaFleetsExist } from './kafka-fleets-exist';
import { lineNetworksAreApart } from './line-networks-are-apart';
import { lineNetworksHaveTwoAddresses } from './line-networks-have-two-addresses';
import { linesEndAtRouters } from './lines-end-at-routers';
import { linesHavePortsOfTheirOwn } from './lines-have-ports-of-their-own';
import { linesSuitTheirCloud } from './lines-suit-their-cloud';
import { linkEndsExist } from './link-ends-exist';
import { linkQuotasHold } from './link-quotas-hold';
import { linksCarryBothWays } from './links-carry-both-ways';
import { linksJoinTwoPlaces } from './links-join-two-places';
import { linksStayInTheirAccount } from './links-stay-in-their-account';
import { linksStayInTheirCloud } from './links-stay-in-their-cloud';
import { linksStayInTheirPartition } from './links-stay-in-their-partition';
import { linksSuitTheirEnds } from './links-suit-their-ends';
import { memberAddressesAreDisjoint } from './member-addresses-are-disjoint';
import { membersAreNeverReplaced } from './members-are-never-replaced';
import { membersArePinned } from './members-are-pinned';
import { membersFitTheirSubnet } from './members-fit-their-subnet';
import { membersGoDownFewAtATime } from './members-go-down-few-at-a-time';
import { membersKeepTheirData } from './members-keep-their-data';
import { namesAreDistinct } from './names-are-distinct';
import { namesFit } from './names-fit';
import { oneCollectionARegion } from './one-collection-a-region';
import { onlyMembersRecover } from './only-members-recover';
import { packetSizesAreAlike } from './packet-sizes-are-alike';
import { pairsAreJoinedOnce } from './pairs-are-joined-once';
import { partitionMatchesRegion } from './partition-matches-region';
import { peeringCarriesOwnAddresses } from './peering-carries-own-addresses';
import { pinnedImagesHaveIds } from './pinned-images-have-ids';
import { pinnedMembersAreDescribed } from './pinned-members-are-described';
import { poolsAreApart } from './pools-are-apart';
import { portsDontClash } from './ports-dont-clash';
import { prefixesFitTheInterface } from './prefixes-fit-the-interface';
import { prefixesFitTheSubnet } from './prefixes-fit-the-subnet';
import { prefixesNeedNitro } from './prefixes-need-nitro';
import { processorsMatchTheImage } from './processors-match-the-image';
import { profileRequirementsAreMet } from './profile-requirements-are-met';
import { profileVolumesStay } from './profile-volumes-stay';
import { profilesExist } from './profiles-exist';
import { quotasHold } from './quotas-hold';
import { racksJoinClusters } from './racks-join-clusters';
import { regionsExist } from './regions-exist';
import { removedMembersWereCounted } from './removed-members-were-counted';
import { routesFitTheSystemTable } from './routes-fit-the-system-table';
import { type Rule, type RuleContext, runRule } from './rule';
import { settingsSuitTheCloud } from './settings-suit-the-cloud';
import { smallCollectionsAreKnown } from './small-collections-are-known';
import { stacksStayUnderTheirLimit } from './stacks-stay-under-their-limit';
import { tagKeysSuitMetadata } from './tag-keys-suit-metadata';
import { throughJoinsBothEnds } from './through-joins-both-ends';
import { tokensAreIssued } from './tokens-are-issued';
import { tokensAreUsedOnce } from './tokens-are-used-once';
import { topicNamesAreApart } from './topic-names-are-apart';
import { transitRoutersHaveANetwork } from './transit-routers-have-a-network';
import { unitTemplatesHaveInstances } from './unit-templates-have-instances';
import { unitsMatchSomeHost } from './units-match-some-host';
import { volumesAreComplete } from './volumes-are-complete';
import { volumesHaveTheirOwnPlace } from './volumes-have-their-own-place';
import { volumesPerformAsTheirType } from './volumes-perform-as-their-type';
import { votersAreThreeOrFive } from './voters-are-three-or-five';
import { votersSurviveAZone } from './voters-survive-a-zone';
import { zonesExist } from './zones-exist';
import { zonesHavePlacesOfTheirOwn } from './zones-have-places-of-their-own';

export const rules: readonly Rule[] = [
  poolsAreApart,
  addressesComeFromPools,
  addressesAreDisjoint,
  blocksHoldTheZones,
  containerPoolIsPrivate,
  containerRangesFit,
  containerSettingsSuitTheMode,
  regionsExist,
  zonesExist,
  zonesHavePlacesOfTheirOwn,
  fleetZonesAreTheRegions,
  partitionMatchesRegion,
  accountIsKnown,
  centralNamesARegion,
  settingsSuitTheCloud,
  containerModesSuitTheCloud,
  namesFit,
  namesAreDistinct,
  tagKeysSuitMetadata,
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
  linkQuotasHold,
  routesFitTheSystemTable,
  linesEndAtRouters,
  linesHavePortsOfTheirOwn,
  linesSuitTheirCloud,
  lineNetworksHaveTwoAddresses,
  lineNetworksAreApart,
  allowedPrefixesAreWhatIsRouted,
  gatewaysHaveAsNumbers,
  transitRoutersHaveANetwork,
  asNumbersAreDistinct,
  asNumbersAreUsable,
  idcRangesAreApart,
  idcVlansAreDistinct,
  idcHostsFit,
  idcRoutersAreJoined,
  idcBondsHaveASwitchAPort,
  racksJoinClusters,
  quotasHold,
  stacksStayUnderTheirLimit,
  instanceTypesExist,
  processorsMatchTheImage,
  membersKeepTheirData,
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
  membersFitTheirSubnet,
  memberAddressesAreDisjoint,
  removedMembersWereCounted,
  membersArePinned,
  pinnedMembersAreDescribed,
  pinnedImagesHaveIds,
  membersAreNeverReplaced,
  membersGoDownFewAtATime,
  volumesAreComplete,
  profileVolumesStay,
  volumesHaveTheirOwnPlace,
  volumesPerformAsTheirType,
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
  return rules.flatMap((rule) => runRule(rule, estate, context));
}
