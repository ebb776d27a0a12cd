return await Bank.Application.ApplicationProgram.RunAsync(args);
