package dev.promptrunner.plan;

/** What a job does, and so on which resource it runs. */
public enum JobKind {
  HIGH(Resource.SERVER),
  LOW(Resource.SERVER),
  REFERENCE(Resource.MEDIA),
  COMBINE(Resource.SERVER),
  ENHANCE(Resource.SERVER),
  JOIN(Resource.MEDIA),
  /** A workflow as it is, with some of its values set. */
  GENERATE(Resource.SERVER),
  DELIVER(Resource.UPLOAD);

  /** What the scheduler hands out. */
  public enum Resource {
    /** A ComfyUI server, one job at a time. */
    SERVER,
    /** FFmpeg on this machine's CPU. */
    MEDIA,
    /** The way to the object store. */
    UPLOAD
  }

  private final Resource resource;

  JobKind(Resource resource) {
    this.resource = resource;
  }

  public Resource resource() {
    return resource;
  }
}
