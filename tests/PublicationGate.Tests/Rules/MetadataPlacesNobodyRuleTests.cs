using PublicationGate.Imaging;
using PublicationGate.Rules;

namespace PublicationGate.Tests.Rules;

public class MetadataPlacesNobodyRuleTests() : OneKindOfMetadataTests(new MetadataPlacesNobodyRule(), MetadataKind.Location, "Held P3");
