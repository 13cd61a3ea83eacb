package dev.settle.comparison.scenario;

import dev.settle.comparison.Scenario;
import java.util.Comparator;
import java.util.List;

/** All scenarios, as the page shows them. */
public final class Scenarios {

    /** In the order of the page. */
    public static final List<Scenario> ALL = List.of(
            new FailedFutureIsRetried(),
            new FailedStageIsRetried(),
            new LastFailureReachesTheCaller(),
            new ValueCountsAsFailure(),
            new TimeForTheWholeCall(),
            new ThrowOnFirstAttempt(),
            new ThrowOnSecondAttempt(),
            new ThrowingPredicate(),
            new RetryDelayParksNobody(),
            new CancelStopsRetries(),
            new CancelReachesTheWork(),
            new ContextOnEveryAttempt(),
            new TimeoutCancelsTheWork(),
            new WorkIsTold(),
            new SyncTimeoutInterrupts(),
            new NoTimerLeftBehind(),
            new PermitLivesAsLongAsTheFuture(),
            new WaitingForPermitParksNobody(),
            new FirstComeFirstServed(),
            new TimedOutWaiterEatsNoPermit(),
            new TimedOutSyncWaiterEatsNoPermit(),
            new CancelledWaiterLeaves(),
            new StormLosesNothing(),
            new InterruptedSyncWaiter(),
            new HundredThousandWaiters(),
            new PermitIsFreeForTheContinuation(),
            new TimedOutWorkKeepsItsPermit(),
            new SyncThrowGivesThePermitBack(),
            new NullInsteadOfFuture(),
            new RetryLeavesTheLimit(),
            new WaitingForTheRateParksNobody(),
            new DoomedWaitIsRefused(),
            new RefusalSaysWhen(),
            new NoWindowHoldsMore(),
            new CallThatWaitsForItself(),
            new LocksOfSeveralKeys(),
            new DebounceSharesOneRun(),
            new ThrottleSharesTrailingRun(),
            new PendingRetrySettlesAtShutdown(),
            new WaiterSettlesAtShutdown(),
            new OrderedShutdown(),
            new ImpossibleNumbersAreRefused(),
            new MisplacedAnnotationsAreRefused(),
            new PrototypesLeakNothing());

    private Scenarios() {}

    /** In the order of running: first those for which it matters that no code is compiled yet. */
    public static List<Scenario> inRunningOrder() {
        return ALL.stream()
                .sorted(Comparator.comparing(scenario -> !scenario.cold()))
                .toList();
    }
}
