/** Every figure of a place, each with its formula, its inputs and its source. */
import type { PlaceFigures } from '../figure';
import type { PlaceSize } from '../sizing';
import { brokerFigures } from './brokers';
import { costFigures } from './cost';
import { frontEndFigures } from './front-ends';
import { mirrorFigures } from './mirror';
import { networkFigures } from './network';

export function figuresOf(size: PlaceSize): PlaceFigures {
  return {
    place: size.input.place,
    figures: [
      ...brokerFigures(size),
      ...networkFigures(size),
      ...frontEndFigures(size),
      ...mirrorFigures(size),
      ...costFigures(size),
    ],
  };
}
