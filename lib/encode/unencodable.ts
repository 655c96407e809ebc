/** A value that the language of the file it should land in can't hold, in words for a finding. */
export class Unencodable extends Error {
  /**
   * @param what what is wrong with the value, as a sentence; never the value of a secret
   * @param fix what to write instead
   */
  constructor(
    what: string,
    readonly fix: string,
  ) {
    super(what);
    this.name = 'Unencodable';
  }
}
