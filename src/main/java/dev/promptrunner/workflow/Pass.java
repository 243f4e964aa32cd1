package dev.promptrunner.workflow;

/** One way in which a recipe edits a workflow. */
public enum Pass {
  HIGH,
  LOW,
  COMBINE_FIRST,
  COMBINE_NEXT
}
