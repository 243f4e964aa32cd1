package dev.promptrunner.media;

/**
 * A figure that walks over hills behind a bouncing ball: something for a motion to be taken from.
 */
final class Scene {
  private static final int STEPS_OF_A_CYCLE = 24;
  private static final int SKIN = 0x2b2440;
  private static final int FAR_SIDE = 0x4a4163;

  private final Canvas canvas;
  private final double width;
  private final double ground;
  private final double unit;

  Scene(Canvas canvas, int width, int height) {
    this.canvas = canvas;
    this.width = width;
    this.ground = height * 0.80;
    this.unit = Math.min(width, height) / 100.0;
    canvas.gradient(0, (int) ground, 0x6a8fd0, 0xf6d9b8);
    canvas.gradient((int) ground, height, 0x86a35c, 0x4d6b3c);
  }

  void paint(int frame) {
    canvas.disc(width * 0.8, ground * 0.28, unit * 7, 0xfff1c9);
    hills();
    double stride = unit * 0.9;
    double x = (frame * stride) % (width + unit * 40) - unit * 20;
    walker(x, 2 * Math.PI * (frame % STEPS_OF_A_CYCLE) / STEPS_OF_A_CYCLE);
    ball(x + unit * 22, frame);
  }

  private void hills() {
    for (double x = 0; x < width; x++) {
      double far = Math.sin(x / width * 7) * 5 + Math.sin(x / width * 17) * 2;
      canvas.line(x, ground - unit * (14 + far), x, ground - 1, 0.5, 0x9fb3a8);
      double near = Math.sin(x / width * 5 + 2) * 4;
      canvas.line(x, ground - unit * (6 + near), x, ground - 1, 0.5, 0x8fae7c);
    }
  }

  private void walker(double x, double phase) {
    double hip = ground - unit * 20 + Math.abs(Math.sin(phase)) * unit;
    double shoulder = hip - unit * 16;
    leg(x, hip, phase + Math.PI, FAR_SIDE);
    arm(x, shoulder, phase, FAR_SIDE);
    canvas.line(x, hip, x + unit, shoulder, unit * 2.2, SKIN);
    canvas.disc(x + unit * 2, shoulder - unit * 7, unit * 4, SKIN);
    leg(x, hip, phase, SKIN);
    arm(x, shoulder, phase + Math.PI, SKIN);
  }

  private void leg(double x, double y, double phase, int colour) {
    double thigh = 0.55 * Math.sin(phase);
    double knee = thigh - 0.6 * Math.max(0, Math.cos(phase));
    limb(x, y, thigh, knee, unit * 10, unit * 1.6, colour);
  }

  private void arm(double x, double y, double phase, int colour) {
    double upper = 0.6 * Math.sin(phase);
    limb(x, y, upper, upper + 0.5, unit * 7, unit * 1.2, colour);
  }

  private void limb(
      double x, double y, double first, double second, double length, double radius, int colour) {
    double jointX = x + Math.sin(first) * length;
    double jointY = y + Math.cos(first) * length;
    canvas.line(x, y, jointX, jointY, radius, colour);
    double endX = jointX + Math.sin(second) * length;
    canvas.line(jointX, jointY, endX, jointY + Math.cos(second) * length, radius, colour);
  }

  private void ball(double x, int frame) {
    double jump = Math.abs(Math.sin(frame * Math.PI / 12)) * unit * 18;
    canvas.disc(x, ground - unit * 4 - jump, unit * 4, 0xd8503f);
    canvas.disc(x - unit * 1.2, ground - unit * 5.4 - jump, unit * 1.1, 0xf3a79b);
  }
}
