namespace Switchboard.Tests.Engines.Epoll;

/// <summary>Where something can come between in the life of one operation.</summary>
internal enum OperationMoment
{
    BeforeStart,
    InFirstCall,
    BeforeFirstPark,
    AfterStart,
    InSecondCall,
    BeforeSecondPark,
    AfterRun,
}
