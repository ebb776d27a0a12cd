namespace Switchboard.Testing.Conformance;

/// <summary>Which end of a connection a check calls the near one.</summary>
internal enum NearEnd
{
    Client,
    Server,
}
