using System.Text;
using PublicationGate.App.Commands;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return await PublicationGateCommand.RunAsync(args);
