package dev.settle.benchmark.soak;

import java.util.List;

/**
 * The straight line that fits the live heap best, without the first fifth, in which classes are loaded and code is compiled.
 *
 * @param mean the mean of the live heap, in megabytes
 * @param gain by how much the line rises from end to end, in megabytes
 * @param error what this is uncertain by: twice its standard error
 */
record Slope(double mean, double gain, double error) {

    /** A leak of less than this share of the live heap in a whole run would not be told from noise. */
    private static final double SHARE = 0.05;

    static Slope of(List<double[]> points) {
        List<double[]> late = points.subList(points.size() / 5, points.size());
        double meanX = late.stream().mapToDouble(point -> point[0]).average().orElseThrow();
        double meanY = late.stream().mapToDouble(point -> point[1]).average().orElseThrow();
        double square = 0;
        double product = 0;
        for (double[] point : late) {
            square += (point[0] - meanX) * (point[0] - meanX);
            product += (point[0] - meanX) * (point[1] - meanY);
        }
        double slope = product / square;
        double rest = 0;
        for (double[] point : late) {
            double off = point[1] - meanY - slope * (point[0] - meanX);
            rest += off * off;
        }
        double length = late.get(late.size() - 1)[0] - late.get(0)[0];
        double error = Math.sqrt(rest / Math.max(1, late.size() - 2) / square);
        return new Slope(meanY, slope * length, 2 * error * length);
    }

    /** Whether it rises by no more than noise does: certainly by less than so much of what is live. */
    boolean flat() {
        return this.gain - this.error <= 0 || this.gain <= SHARE * this.mean;
    }
}
