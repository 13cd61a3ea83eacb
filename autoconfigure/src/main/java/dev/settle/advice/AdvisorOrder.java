package dev.settle.advice;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.Advised;
import org.springframework.core.Ordered;

/**
 * Where Settle's advisors stand among a bean's others.
 *
 * @param order that of the outermost; {@code Ordered.HIGHEST_PRECEDENCE} is in front of all
 */
record AdvisorOrder(int order) {

    /** The advisor that runs the policies, if the bean has it. */
    static @Nullable SettleAdvisor outermost(Advised advised) {
        for (Advisor advisor : advised.getAdvisors()) {
            if (advisor instanceof SettleAdvisor own && !own.innermost()) {
                return own;
            }
        }
        return null;
    }

    /** Where the outermost one is to be added. */
    int position(Advised advised) {
        return position(List.of(advised.getAdvisors()));
    }

    /** Puts the advisors where they belong, after others have added theirs; one that is there is not taken away for a moment. */
    void restore(Advised advised) {
        for (Advisor advisor : advised.getAdvisors()) {
            if (advisor instanceof SettleAdvisor own) {
                restore(advised, own);
            }
        }
    }

    private void restore(Advised advised, SettleAdvisor own) {
        List<Advisor> others = new ArrayList<>(List.of(advised.getAdvisors()));
        int present = others.indexOf(own);
        others.remove(present);
        int right = own.innermost() ? others.size() : position(others);
        if (present != right) {
            advised.removeAdvisor(present);
            advised.addAdvisor(right, own);
        }
    }

    /** In front of all, or, with an order of one's own, in front of the first that comes later. */
    private int position(List<Advisor> others) {
        if (this.order == Ordered.HIGHEST_PRECEDENCE) {
            return 0;
        }
        for (int i = 0; i < others.size(); i++) {
            if (others.get(i) instanceof Ordered ordered && ordered.getOrder() > this.order) {
                return i;
            }
        }
        return others.size();
    }
}
